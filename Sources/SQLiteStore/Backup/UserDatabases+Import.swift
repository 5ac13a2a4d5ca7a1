import EventLoops
import Foundation
package import Identity
import TodoStore

extension UserDatabases {
    /// Imports the database at `file`, a scratch file, as the data of a user: completely or not at all.
    ///
    /// The file comes from outside: every value is read and checked, and only checked values are imported.
    ///
    /// - Throws: `UserImport.Refusal`, `StoreError`; then nothing has changed.
    package func importUser(_ account: Account, fromScratch file: String, _ options: UserImport) async throws {
        try await prepare(file, for: account) { copy in
            guard copy.account == account || options.adopts else { throw UserImport.Refusal.exportOf(copy.account) }
            try copy.checkQuotas(bytes: DatabaseStamp(path: file)?.bytes ?? 0, limits: options.limits)
        }
        let (folder, id) = (folder, DatabaseID.user(account))
        try await place(account, limit: options.limits.users) {
            guard try options.replaces || !folder.holdsData(id) else { throw UserImport.Refusal.userHasData }
            try folder.replace(id, with: file)
        }
        report("user imported", account)
    }

    /// Replaces the data of a user with the database at `file`, a scratch file.
    ///
    /// - Throws: `UserImport.Refusal.badTask`, `StoreError`; then nothing has changed.
    package func restore(_ account: Account, from file: String) async throws {
        try await prepare(file, for: account) { copy in
            guard copy.account == account else { throw StoreError.wrongOwner }
        }
        let folder = folder
        try await place(account, limit: .max) { try folder.replace(.user(account), with: file) }
        report("user restored", account)
    }

    /// Replaces a scratch file with a new database of its checked rows, synced to disk.
    private func prepare(
        _ file: String, for account: Account, _ check: @escaping @Sendable (DatabaseCopy) throws -> Void
    ) async throws {
        try await longWork.withPermit {
            try await threads.run(for: account.tenant) {
                let made = file + Self.rebuiltSuffix
                defer { unlink(made) }
                _ = try DatabaseCopy.rebuild(file, to: made) { copy in
                    try check(copy)
                    return account
                }
                try DataFolder.syncFile(made)
                guard rename(made, file) == 0 else { throw DataFolder.failure("the file cannot be replaced") }
            }
        }
    }

    /// Replaces the file of a user, who is then in the index of the tenant's users.
    ///
    /// An empty file is created first: an interruption leaves a user with an empty file, or an empty file that is not
    /// listed, and neither counts as damage.
    private func place(_ account: Account, limit: Int, _ replace: @escaping @Sendable () throws -> Void) async throws {
        let (folder, id) = (folder, DatabaseID.user(account))
        try await pool.withClosed(id) { try folder.file(of: id).create() }
        do {
            try await enter(account, limit: limit)
        } catch {
            try? await pool.withClosed(id) { try folder.removeIfEmpty(id) }
            throw error
        }
        try await pool.withClosed(id, replace)
    }

    static let rebuiltSuffix = "-new"
}
