package import Files
import Foundation
package import Identity
import JSON
package import TodoStore

/// A folder of backup copies of users' databases, one file for each user, with a manifest of the state of each copy.
///
/// Its files are named as in a data folder. A file gets its name when it is complete and on disk, and its line of the
/// manifest after that, so that an interrupted backup can be continued.
package final class BackupFolder {
    /// A line of a manifest: the latest copy of a file.
    private struct Line {
        let stamp: String?
        let bytes: Int
    }

    package let path: String
    private let lock: DataLock
    private var manifests: [TenantID: [String: Line]] = [:]

    /// Creates the folder if it is missing. Only one process uses it at a time.
    ///
    /// - Throws: `DataLockError`.
    package init(path: String) throws(DataLockError) {
        self.path = path
        lock = try DataLock(folder: path)
    }

    /// Whether the last backup was interrupted or could not copy all users.
    package var isIncomplete: Bool { DatabaseStamp(path: markPath) != nil }

    /// Marks the folder as incomplete until `complete`.
    package func begin() throws(StoreError) {
        let descriptor = open(markPath, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataFolder.failure("the backup cannot be started") }
        close(descriptor)
        try DataFolder.syncFolder(path)
    }

    /// Marks the backup as complete.
    package func complete() throws(StoreError) {
        guard unlink(markPath) == 0 || errno == ENOENT else {
            throw DataFolder.failure("the backup cannot be completed")
        }
        try DataFolder.syncFolder(path)
    }

    private var markPath: String { path + "/.incomplete" }

    /// Returns the paths of missing copies that the manifest names.
    package func lost(of tenant: TenantID) throws -> [String] {
        let folder = DataFolder(root: path)
        return try manifest(of: tenant).keys.map { folder.path(ofHash: $0, tenant: tenant) }
            .filter { DatabaseStamp(path: $0) == nil }.sorted()
    }

    /// Returns the tenants that have copies.
    package func tenants() throws(StoreError) -> [TenantID] { try DataFolder(root: path).tenants() }

    /// Returns the paths of a tenant's copies, or of one user's.
    package func copies(of tenant: TenantID, user: UserID? = nil) throws(StoreError) -> [String] {
        let folder = DataFolder(root: path)
        let wanted: String?
        if let user { wanted = try AccountHash(Account(tenant: tenant, user: user)).text } else { wanted = nil }
        return try folder.hashes(of: tenant).filter { wanted == nil || wanted == $0 }.sorted()
            .map { folder.path(ofHash: $0, tenant: tenant) }
    }

    /// The path of a user's copy, whether there is one or not.
    func path(of account: Account) -> String? { try? DataFolder(root: path).path(of: .user(account)) }

    /// Opens the copy at one of the paths of `copies`.
    ///
    /// - Throws: `StoreError.wrongOwner` for a copy of a user other than its name says.
    package func openCopy(_ copy: String, of tenant: TenantID) throws(StoreError) -> DatabaseCopy {
        let database = try DatabaseCopy(path: copy)
        guard database.account.tenant == tenant, path(of: database.account) == copy else {
            database.close()
            throw .wrongOwner
        }
        return database
    }

    /// Returns whether there is a copy of the state with this stamp.
    package func holds(_ hash: String, of tenant: TenantID, stamp: String?) throws -> Bool {
        guard let stamp, let line = try manifest(of: tenant)[hash], line.stamp == stamp else { return false }
        return DatabaseStamp(path: DataFolder(root: path).path(ofHash: hash, tenant: tenant))?.bytes == line.bytes
    }

    /// Adds a copy: `write` creates a file at the given path, or returns nil if there is nothing to copy.
    ///
    /// - Returns: The size of the copy, in bytes.
    /// - Throws: `StoreError` for an invalid copy, or the error of `write`; the previous copy is kept.
    package func store(
        _ hash: String, of account: Account, _ write: (String) async throws -> Snapshot?
    ) async throws -> Int? {
        let temporary = path + "/.copy"
        try? FileManager.default.removeItem(atPath: temporary)
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        guard let snapshot = try await write(temporary) else { return nil }
        let copy = try DatabaseCopy(path: temporary)
        defer { copy.close() }
        try copy.check(isOf: account)
        try DataFolder.syncFile(temporary)
        let bytes = DatabaseStamp(path: temporary)?.bytes ?? 0
        try DataFolder(root: path).replace(.user(account), with: temporary)
        try append(Line(stamp: snapshot.stamp, bytes: bytes), hash, account.tenant)
        return bytes
    }

    /// Removes a copy; returns false when there was none.
    package func remove(_ hash: String, of tenant: TenantID) throws -> Bool {
        let file = DataFolder(root: path).path(ofHash: hash, tenant: tenant)
        guard unlink(file) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw DataFolder.failure("the copy cannot be removed") }
            return false
        }
        try DataFolder.syncFolder((file as NSString).deletingLastPathComponent)
        return true
    }

    /// Rewrites the manifest of a tenant, with each copy once.
    package func finish(_ tenant: TenantID) throws {
        let lines = try manifest(of: tenant)
        let copies = try DataFolder(root: path).hashes(of: tenant)
        let kept = lines.filter { copies.contains($0.key) }
        guard !kept.isEmpty || !lines.isEmpty else { return }
        let text = kept.sorted { $0.key < $1.key }.map { Self.text($0.key, $0.value) }.joined()
        try Data(text.utf8).write(to: URL(filePath: manifestPath(of: tenant)), options: .atomic)
        manifests[tenant] = kept
    }

    private func manifestPath(of tenant: TenantID) -> String { "\(path)/\(tenant)/manifest.jsonl" }

    /// Reads the manifest without lines that do not parse, such as one that a crash cut off: their users are copied again.
    private func manifest(of tenant: TenantID) throws -> [String: Line] {
        if let manifest = manifests[tenant] { return manifest }
        var manifest: [String: Line] = [:]
        let data = FileManager.default.contents(atPath: manifestPath(of: tenant)) ?? Data()
        for text in data.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONParser.parse(String(decoding: text, as: UTF8.self)),
                let hash = value["hash"]?.string, let bytes = value["bytes"]?.integer
            else { continue }
            manifest[hash] = Line(stamp: value["stamp"]?.string, bytes: bytes)
        }
        manifests[tenant] = manifest
        return manifest
    }

    private func append(_ line: Line, _ hash: String, _ tenant: TenantID) throws {
        _ = try manifest(of: tenant)
        manifests[tenant]?[hash] = line
        let path = manifestPath(of: tenant)
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataFolder.failure("the manifest cannot be written") }
        // Ends an incomplete line left by a crash, so that it does not merge with this one.
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            .write(contentsOf: Data(("\n" + Self.text(hash, line)).utf8))
    }

    private static func text(_ hash: String, _ line: Line) -> String {
        let value: JSONValue = [
            "hash": .string(hash), "stamp": line.stamp.map { .string($0) } ?? .null, "bytes": .integer(line.bytes),
        ]
        return value.text + "\n"
    }
}
