import EventLoops
import Foundation
package import Identity
import Logging
import Time
package import TodoStore

/// The administration of users' data.
extension UserDatabases {
    package func tenants() async throws -> [TenantID] {
        let folder = folder
        return try await threadPool.run { try folder.tenants() }
    }

    package func users(of tenant: TenantID, after hash: String, limit: Int) async throws -> [UserEntry] {
        let records = try await pool.withExisting(.tenant(tenant)) { database in
            try await database.inspect { try TenantIndex.records($0, after: hash, limit: limit) }
        }
        let folder = folder
        return try await threadPool.run {
            (records ?? []).map { record in
                let stamp = DatabaseStamp(path: folder.path(ofHash: record.hash, tenant: tenant))
                return UserEntry(
                    hash: record.hash, user: record.user, createdAt: record.createdAt, bytes: stamp?.bytes,
                    stamp: stamp?.text)
            }
        }
    }

    package func summary(of account: Account) async throws -> UserSummary? {
        let path = try folder.path(of: .user(account))
        let bytes = try await threadPool.run { DatabaseStamp(path: path)?.bytes ?? 0 }
        return try await pool.withExisting(.user(account)) { database in
            try await database.read { try UserSummary($0, bytes: bytes) }
        } ?? nil
    }

    /// Writes all data of a user to a new file; returns nil for a user without a file.
    ///
    /// The copy is up to date as long as the user's stamp is the returned one.
    package func snapshot(of account: Account, to path: String) async throws -> Snapshot? {
        let source = try folder.path(of: .user(account))
        return try await longWork.withPermit {
            try await pool.withExisting(.user(account)) { try await $0.snapshot(to: path, source: source) }
        }
    }

    /// The problems of a user's file; empty if it is whole or missing.
    package func problems(of account: Account) async throws -> [String] {
        do {
            return try await longWork.withPermit {
                try await pool.withExisting(.user(account)) { try await $0.inspect(Integrity.problems) }
            } ?? []
        } catch let error as StoreError where error.isAboutFile {
            return [error.explanation]
        }
    }

    /// The problems of the index of a tenant's users, and the files that are not in it.
    package func problems(of tenant: TenantID) async throws -> [String] {
        let folder = folder
        let files = try await threadPool.run { try folder.hashes(of: tenant) }
        do {
            let index = try await pool.withExisting(.tenant(tenant)) { database in
                try await database.inspect { database in
                    (
                        try Integrity.problems(database),
                        Set(
                            try TenantIndex.records(database, after: "", limit: .max).filter { $0.user != nil }.map(
                                \.hash))
                    )
                }
            }
            let (problems, known) = index ?? ([], [])
            return problems.map { "the index of its users: \($0)" }
                + files.subtracting(known).sorted().map { "\($0).sqlite does not belong to a user" }
        } catch let error as StoreError where error.isAboutFile {
            return ["the index of its users: \(error.explanation)"]
        }
    }

    package func delete(_ account: Account) async throws -> Bool {
        let (folder, scratch, now) = (folder, scratch, now())
        try await threadPool.run { try scratch.clear() }
        // Done first, so that a crash leaves an unlisted file, which is reported, instead of a listed user without a
        // file.
        let wasKnown = try await pool.withExisting(.tenant(account.tenant)) { database in
            let wasKnown = try await database.write(maxBytes: Self.indexBytes, isBounded: false) { database, _, _ in
                try TenantIndex.bury(account, database, now: now)
            }
            try await database.checkpoint()
            return wasKnown
        }
        let hadFile = try await pool.withClosed(.user(account)) { try folder.remove(.user(account)) }
        let isDeleted = hadFile || wasKnown == true
        if isDeleted { report("user deleted", account) }
        return isDeleted
    }

    package func purge(_ tenant: TenantID) async throws {
        let folder = folder
        try await longWork.withPermit { try await pool.withAllClosed(of: tenant) { try folder.removeAll(of: tenant) } }
        logger.notice("data of a tenant deleted", metadata: ["tenant": "\(tenant)"])
    }

    package func admit(_ tenant: TenantID) { pool.admit(tenant) }

    package func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool {
        let (now, process) = (now(), process)
        return try await pool.withExisting(.user(account)) { database in
            try await database.write(maxBytes: limits.bytes, isBounded: false) { database, counts, budget in
                try UserTransaction(
                    SQLiteRows(database, owner: process, counts: counts, budget: budget), now: now, limits: limits
                ).forgetOld()
            }
        } ?? false
    }

    /// Lends the path of a file to be made, on the file system of the data; afterwards it is removed, with what SQLite made
    /// beside it.
    package func withScratchFile<T>(_ body: (String) async throws -> T) async throws -> T {
        let scratch = scratch
        let path = try await threadPool.run { try scratch.newPath() }
        let result: Result<T, any Error>
        do {
            result = .success(try await body(path))
        } catch {
            result = .failure(error)
        }
        try await threadPool.run {
            for suffix in ["", "-wal", "-shm", "-journal", Self.rebuiltSuffix] { unlink(path + suffix) }
        }
        return try result.get()
    }

    /// The hash identifies the user to the operator, but not to other readers of the log.
    func report(_ what: String, _ account: Account) {
        let hash = (try? AccountHash(account).text) ?? "-"
        logger.notice("\(what)", metadata: ["tenant": "\(account.tenant)", "file": "\(hash).sqlite"])
    }
}
