import Foundation
import Identity

/// The files of the store: where they are, that they are ours alone, and that no link stands in their place.
///
/// Only SQLite opens a database that may be open already: a POSIX lock falls with the first `close` of any descriptor.
struct DataFolder: Sendable {
    let root: String

    func path(of id: DatabaseID) throws(StoreError) -> String { try components(of: id).joined(separator: "/") }

    /// Throws `unavailable` for anything but a regular file with one name.
    func contains(_ id: DatabaseID) throws(StoreError) -> Bool { try Self.isRegularFile(path(of: id)) }

    /// Makes the folders (0700) and the empty file (0600) that are missing, whatever the umask.
    func create(_ id: DatabaseID) throws(StoreError) {
        let components = try components(of: id)
        for count in 1..<components.count {
            try Self.createFolder(components[..<count].joined(separator: "/"), isRoot: count == 1)
        }
        let path = components.joined(separator: "/")
        guard try !Self.isRegularFile(path) else { return }
        let descriptor = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0o600)
        guard descriptor >= 0 else { throw Self.failure("the file cannot be created") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw Self.failure("the file's mode cannot be set") }
        try Self.syncFolder(components.dropLast().joined(separator: "/"))
    }

    /// Refuses links and other strangers in the place of a database or its log.
    func check(_ id: DatabaseID) throws(StoreError) {
        let components = try components(of: id)
        for count in 2..<components.count {
            try Self.checkFolder(components[..<count].joined(separator: "/"))
        }
        _ = try Self.isRegularFile(components.joined(separator: "/") + "-wal")
    }

    /// Whether the file system has room: tells a full disk from a database that has reached its own bound.
    func hasSpace() -> Bool {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else { return true }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize) > 1 << 20
    }

    /// Whether the file system is read-only, as it becomes when its disk fails.
    var isReadOnly: Bool {
        var status = statvfs()
        return statvfs(root, &status) == 0 && status.f_flag & UInt(ST_RDONLY) != 0
    }

    func components(of id: DatabaseID) throws(StoreError) -> [String] {
        switch id {
        case .tenant(let tenant): return [root, tenant.rawValue, "tenant.sqlite"]
        case .user(let account):
            let hash = try AccountHash(account).text
            return [root, account.tenant.rawValue, "users", String(hash.prefix(2)), hash + ".sqlite"]
        }
    }

    static func createFolder(_ path: String, isRoot: Bool) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw failure("a folder cannot be created") }
            // The root is the operator's: it may be a link.
            if !isRoot { try checkFolder(path) }
            return
        }
        guard chmod(path, 0o700) == 0 else { throw failure("a folder's mode cannot be set") }
        try syncFolder(path + "/..")
    }

    /// A new name must outlive a power loss, as what is stored under it is promised to.
    static func syncFolder(_ path: String) throws(StoreError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("a folder cannot be opened") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("a folder cannot be synced") }
    }

    private static func checkFolder(_ path: String) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure("a folder cannot be read") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .unavailable(reason: "a folder is not a folder") }
    }

    /// False where there is nothing.
    private static func isRegularFile(_ path: String) throws(StoreError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw failure("the file cannot be read") }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unavailable(reason: "the file is not a regular file") }
        guard status.st_nlink == 1 else { throw .unavailable(reason: "the file has a second name") }
        return true
    }

    static func failure(_ what: String) -> StoreError {
        .unavailable(reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
