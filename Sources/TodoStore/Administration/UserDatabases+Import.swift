import Foundation
package import Identity

extension UserDatabases {
    /// Makes the database of `file`, which `newScratchFile` named, the data of a user: all of it or nothing.
    ///
    /// The file comes from outside: every page and every value of it is read before it is let in.
    /// - Throws: `UserImport.Refusal`, `StoreError`; then all is as it was.
    package func importUser(_ account: Account, fromScratch file: String, _ options: UserImport) async throws {
        let (folder, id) = (folder, DatabaseID.user(account))
        try await longWork.run { try await threadPool.run { try Self.prepare(file, for: account, options) } }
        try await enter(account, limit: options.limits.users)
        try await pool.withClosed(id) {
            guard try options.replaces || !folder.holdsData(id) else { throw UserImport.Refusal.userHasData }
            try folder.replace(id, with: file)
        }
        report("user imported", account)
    }

    private static func prepare(_ file: String, for account: Account, _ options: UserImport) throws {
        do {
            let owner = try check(file, options)
            guard owner == account || options.adopts else { throw UserImport.Refusal.exportOf(owner) }
            if owner != account { try DatabaseCopy.adopt(file, for: account) }
        } catch let error as UserImport.Refusal {
            throw error
        } catch {
            throw StoreError(error, folder: DataFolder(root: (file as NSString).deletingLastPathComponent))
        }
        try DataFolder.syncFile(file)
    }

    /// Whose data it is. The file is closed again: what is written to it next must not wait in a log.
    private static func check(_ file: String, _ options: UserImport) throws -> Account {
        let copy = try DatabaseCopy(path: file)
        defer { copy.close() }
        try copy.check()
        try copy.checkContent(bytes: FileStamp(path: file)?.bytes ?? 0, limits: options.limits)
        return copy.account
    }
}
