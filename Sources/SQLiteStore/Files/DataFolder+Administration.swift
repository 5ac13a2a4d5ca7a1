import Files
import Foundation
import Identity
import TodoStore

extension DataFolder {
    /// Returns the tenants that have data, including those no longer configured.
    func tenants() throws(StoreError) -> [TenantID] {
        try Self.names(in: root).compactMap { TenantID($0) }.filter { Self.isFolder("\(root)/\($0)") }.sorted()
    }

    /// Returns the hashes of all users' files of a tenant. Empty files, which a crash may leave, are ignored.
    func hashes(of tenant: TenantID) throws(StoreError) -> Set<String> {
        let users = "\(root)/\(tenant)/users"
        guard Self.isFolder(users) else { return [] }
        var hashes: Set<String> = []
        for folder in try Self.names(in: users) where Self.isFolder("\(users)/\(folder)") {
            for name in try Self.names(in: "\(users)/\(folder)") where name.hasSuffix(".sqlite") {
                guard DatabaseStamp(path: "\(users)/\(folder)/\(name)")?.bytes ?? 0 > 0 else { continue }
                hashes.insert(String(name.dropLast(7)))
            }
        }
        return hashes
    }

    /// The path of a user's file by the hash in the index.
    func path(ofHash hash: String, tenant: TenantID) -> String {
        "\(root)/\(tenant)/users/\(hash.prefix(2))/\(hash).sqlite"
    }

    /// Returns whether anything was stored in a database; a crash may leave an empty file.
    func holdsData(_ id: DatabaseID) throws(StoreError) -> Bool {
        (DatabaseStamp(path: try path(of: id))?.bytes ?? 0) > 0
    }

    /// Replaces a closed database with a synced file.
    func replace(_ id: DatabaseID, with copy: String) throws(StoreError) {
        let file = try file(of: id)
        try file.create()
        // SQLite would replay an old log into the new file, so its removal must be on disk before.
        try Self.unlinkIfPresent(file.path + "-wal")
        try Self.syncFolder(file.folder)
        guard chmod(copy, 0o600) == 0, rename(copy, file.path) == 0 else {
            throw Self.failure("the file cannot be replaced")
        }
        try Self.syncFolder(file.folder)
    }

    /// Removes the closed databases of a tenant; has no effect when there are none.
    func removeAll(of tenant: TenantID) throws(StoreError) {
        let path = "\(root)/\(tenant)"
        guard Self.isFolder(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .unavailable(reason: "the tenant's data cannot be removed")
        }
        try Self.syncFolder(root)
    }

    /// Removes a closed database without content.
    func removeIfEmpty(_ id: DatabaseID) throws(StoreError) {
        if try !holdsData(id) { _ = try remove(id) }
    }

    /// Removes a closed database; returns false when there was none.
    func remove(_ id: DatabaseID) throws(StoreError) -> Bool {
        let file = try file(of: id)
        try Self.unlinkIfPresent(file.path + "-wal")
        guard try Self.unlinkIfPresent(file.path) else { return false }
        try Self.syncFolder(file.folder)
        return true
    }

    /// Syncs a file to disk.
    static func syncFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("the file cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("the file cannot be synced") }
    }

    @discardableResult
    private static func unlinkIfPresent(_ path: String) throws(StoreError) -> Bool {
        guard unlink(path) != 0 else { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw failure("the file cannot be removed") }
        return false
    }

    private static func names(in folder: String) throws(StoreError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .unavailable(reason: "a folder cannot be read")
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        FileStamp(link: path)?.isFolder ?? false
    }
}
