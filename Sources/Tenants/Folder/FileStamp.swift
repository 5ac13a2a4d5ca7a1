internal import Foundation

/// What shows that a file or folder was changed: another file in its place, another size, owner or mode, or another time of
/// its last change. The time of the change of its attributes is among them, as that of its content can be set back.
struct FileStamp: Hashable {
    private let inode: UInt64
    private let size: Int64
    private let modified: Moment
    private let changed: Moment

    let mode: UInt32
    let owner: UInt32
    let group: UInt32
    let kind: UInt32

    private struct Moment: Hashable {
        let seconds: Int
        let nanoseconds: Int

        /// The members of a `timespec` are not to be had by name in a static build: C modules of several packages define it.
        init(_ time: timespec) {
            (seconds, nanoseconds) = withUnsafeBytes(of: time) { bytes in
                (bytes.load(as: Int.self), bytes.load(fromByteOffset: MemoryLayout<Int>.stride, as: Int.self))
            }
        }
    }

    var isFolder: Bool { kind == UInt32(S_IFDIR) }

    /// Nil when there is nothing. Follows links.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Nil when there is nothing. A link is what is looked at, not where it leads.
    init?(link path: String) { self.init(path, in: AT_FDCWD) }

    /// Nil when there is nothing of this name in a folder that is open. A link is what is looked at, not where it leads.
    init?(_ name: UnsafePointer<CChar>, in folder: Int32) {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            (modified, changed) = (Moment(status.st_mtimespec), Moment(status.st_ctimespec))
        #else
            (modified, changed) = (Moment(status.st_mtim), Moment(status.st_ctim))
        #endif
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        group = status.st_gid
        kind = UInt32(status.st_mode & S_IFMT)
    }

    /// When it was last written to, in seconds since 1970.
    var modifiedAt: Int { modified.seconds }
}
