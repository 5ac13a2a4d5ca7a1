import Foundation
import Identity
import TodoStore

/// The layout of the data folder.
struct DataFolder: Sendable {
    let root: String

    func path(of id: DatabaseID) throws(StoreError) -> String { try file(of: id).path }

    func file(of id: DatabaseID) throws(StoreError) -> DatabaseFile {
        switch id {
        case .tenant(let tenant):
            return DatabaseFile(root: root, folders: [tenant.rawValue], name: "tenant.sqlite")
        case .user(let account):
            let hash = try AccountHash(account).text
            let folders = [account.tenant.rawValue, "users", String(hash.prefix(2))]
            return DatabaseFile(root: root, folders: folders, name: hash + ".sqlite")
        }
    }

    /// Returns whether the file system has free space, which distinguishes a full disk from a database at its limit.
    func hasSpace() -> Bool {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else { return true }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow || bytes > 1 << 20
    }

    /// Whether the file system is read-only, as after an error of its disk.
    var isReadOnly: Bool {
        var status = statvfs()
        return statvfs(root, &status) == 0 && status.f_flag & UInt(ST_RDONLY) != 0
    }

    static func createFolder(_ path: String, isRoot: Bool) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw failure("a folder cannot be created") }
            // The root folder may be a link, because the operator chose it.
            if !isRoot { try checkFolder(path) }
            return
        }
        guard chmod(path, 0o700) == 0 else { throw failure("a folder's mode cannot be set") }
        try syncFolder(path + "/..")
    }

    /// Syncs a folder, so that a new name survives a power loss like the data of its file.
    static func syncFolder(_ path: String) throws(StoreError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("a folder cannot be opened") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("a folder cannot be synced") }
    }

    static func checkFolder(_ path: String) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure("a folder cannot be read") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .unavailable(reason: "a folder is not a folder") }
    }

    static func failure(_ what: String) -> StoreError {
        .unavailable(reason: "\(what): \(String(cString: strerror(errno)))")
    }
}
