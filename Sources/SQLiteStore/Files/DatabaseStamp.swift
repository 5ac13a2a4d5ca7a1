import Files
import Foundation

/// The state of a database, as the sizes and times of its file and its log, without opening either.
struct DatabaseStamp: Sendable {
    /// A text that is only compared.
    let text: String
    let bytes: Int

    /// Returns nil when there is no file.
    init?(path: String) {
        guard let file = FileStamp(link: path) else { return nil }
        // An empty log has no content, but its time changes with each copy.
        let log = FileStamp(link: path + "-wal").flatMap { $0.size > 0 ? $0 : nil }
        let parts = [file, log].compactMap { $0 }
        text = parts.map { "\($0.inode).\($0.size).\($0.modified.seconds).\($0.modified.nanoseconds)" }
            .joined(separator: "+")
        bytes = parts.map { Int($0.size) }.reduce(0, +)
    }

    /// Gives the file a unique time and returns the resulting stamp; nil when that is not possible.
    ///
    /// A write sets the time of a file to the last tick of the kernel's clock, which are some milliseconds apart: two
    /// writes in one tick would look the same. The time set here lies between two ticks, so that every later write
    /// changes it.
    ///
    /// A file that was written long ago keeps its time, by which other copies of it are known.
    static func marking(path: String) -> DatabaseStamp? {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if let file = FileStamp(link: path), file.modified.seconds + 2 < now.tv_sec { return DatabaseStamp(path: path) }
        // Without opening the file: closing it again would release SQLite's lock.
        guard utimensat(AT_FDCWD, path, [now, now], AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return DatabaseStamp(path: path)
    }
}
