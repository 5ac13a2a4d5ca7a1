import Foundation

/// Tells whether a database has changed: from the sizes and times of its file and its log, without opening either.
struct FileStamp: Sendable {
    /// To be compared, not to be read.
    let text: String
    let bytes: Int

    /// Nil where there is no file.
    init?(path: String) {
        guard let file = Self.status(path) else { return nil }
        // An empty log says nothing, but its time changes with each copy that is taken.
        let log = Self.status(path + "-wal").flatMap { $0.st_size > 0 ? $0 : nil }
        let parts = [file, log].compactMap { $0 }
        text = parts.map { "\($0.st_ino).\($0.st_size).\($0.st_mtim.tv_sec).\($0.st_mtim.tv_nsec)" }
            .joined(separator: "+")
        bytes = parts.map { Int($0.st_size) }.reduce(0, +)
    }

    /// Gives the file a time of its own and returns the stamp that follows from it; nil where that cannot be done.
    ///
    /// A write sets a file's time to the last tick of the kernel's clock, some milliseconds apart: two in one tick would
    /// look alike. The time set here lies between two ticks, so that every later write shows.
    ///
    /// What was written long ago keeps its time, by which other copies of it are known.
    static func marking(path: String) -> FileStamp? {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if let file = status(path), file.st_mtim.tv_sec + 2 < now.tv_sec { return FileStamp(path: path) }
        // Nothing is opened: closing it again would drop SQLite's lock.
        guard utimensat(AT_FDCWD, path, [now, now], AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStamp(path: path)
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }
}
