import Foundation
import TodoStore

/// The state of a database, as the sizes and times of its file and its log, without opening either.
struct FileStamp: Sendable {
    /// A text that is only compared.
    let text: String
    let bytes: Int

    /// Returns nil when there is no file.
    init?(path: String) {
        guard let file = Self.status(path) else { return nil }
        // An empty log has no content, but its time changes with each copy.
        let log = Self.status(path + "-wal").flatMap { $0.st_size > 0 ? $0 : nil }
        let parts = [file, log].compactMap { $0 }
        text = parts.map { "\($0.st_ino).\($0.st_size).\($0.st_mtim.tv_sec).\($0.st_mtim.tv_nsec)" }
            .joined(separator: "+")
        bytes = parts.map { Int($0.st_size) }.reduce(0, +)
    }

    /// Gives the file a unique time and returns the resulting stamp; nil when that is not possible.
    ///
    /// A write sets the time of a file to the last tick of the kernel's clock, which are some milliseconds apart: two
    /// writes in one tick would look the same. The time set here lies between two ticks, so that every later write
    /// changes it.
    ///
    /// A file that was written long ago keeps its time, by which other copies of it are known.
    static func marking(path: String) -> FileStamp? {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if let file = status(path), file.st_mtim.tv_sec + 2 < now.tv_sec { return FileStamp(path: path) }
        // Without opening the file: closing it again would release SQLite's lock.
        guard utimensat(AT_FDCWD, path, [now, now], AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStamp(path: path)
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }
}
