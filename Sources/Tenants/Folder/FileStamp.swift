internal import Foundation

/// What shows that a file or folder was changed, as every writer renames a new file over the old one or appends.
struct FileStamp: Hashable {
    private let inode: UInt64
    private let size: Int64
    private let modified: [UInt8]

    let mode: UInt32
    let owner: UInt32
    let group: UInt32
    let isFolder: Bool

    /// Nil when there is nothing.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        // Only ever compared.
        #if canImport(Darwin)
            modified = withUnsafeBytes(of: status.st_mtimespec) { Array($0) }
        #else
            modified = withUnsafeBytes(of: status.st_mtim) { Array($0) }
        #endif
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        group = status.st_gid
        isFolder = status.st_mode & S_IFMT == S_IFDIR
    }
}
