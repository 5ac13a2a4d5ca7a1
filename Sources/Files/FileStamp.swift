internal import Foundation

/// The attributes by which a change of a file or folder is detected: identity, size, owner, mode, and the times of the
/// last changes of content and attributes. The latter is included because the former can be set back.
package struct FileStamp: Hashable, Sendable {
    package let inode: UInt64
    package let size: Int64
    package let modified: Moment
    private let changed: Moment

    package let mode: UInt32
    package let owner: UInt32
    package let group: UInt32
    package let kind: UInt32

    package struct Moment: Hashable, Sendable {
        package let seconds: Int
        package let nanoseconds: Int

        /// Static builds cannot access the members of `timespec` by name, because C modules of several packages define
        /// it.
        init(_ time: timespec) {
            (seconds, nanoseconds) = withUnsafeBytes(of: time) { bytes in
                (bytes.load(as: Int.self), bytes.load(fromByteOffset: MemoryLayout<Int>.stride, as: Int.self))
            }
        }
    }

    package var isFolder: Bool { kind == UInt32(S_IFDIR) }

    /// Returns nil when the path does not exist. Follows links.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Returns nil when the path does not exist. Describes a link itself.
    package init?(link path: String) { self.init(path, in: AT_FDCWD) }

    /// Returns nil when an open folder has no such name. Describes a link itself.
    package init?(_ name: UnsafePointer<CChar>, in folder: Int32) {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        (modified, changed) = (Moment(status.st_mtim), Moment(status.st_ctim))
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        group = status.st_gid
        kind = UInt32(status.st_mode & S_IFMT)
    }

    /// The time of the last change of the content, in seconds since 1970.
    package var modifiedAt: Int { modified.seconds }
}
