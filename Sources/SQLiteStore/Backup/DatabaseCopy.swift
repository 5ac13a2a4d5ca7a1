import Foundation
import GRDB
package import Identity
import Time
package import TodoStore

/// A copy of a user's database in a backup or export, which has no writer and no log.
package struct DatabaseCopy: Sendable {
    package let path: String
    /// The owner named in the file.
    package let account: Account
    private let queue: DatabaseQueue

    /// - Throws: `StoreError` for a file that is not a complete database of a user, or of a newer version.
    package init(path: String) throws(StoreError) {
        self.path = path
        // SQLite would wait for the writer of a pipe, and read a log as a part of the copy.
        _ = try RegularFile(path)
        for log in [path + "-wal", path + "-journal"] where DatabaseStamp(path: log)?.bytes ?? 0 > 0 {
            throw .unavailable(reason: "there is a log beside the copy: it is in use, or was not closed")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
            // The statements are the same as for an open database.
            database.add(function: DatabaseOpener.folded)
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            account = try queue.inDatabase { database in
                let applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id")
                guard applicationID == Schema.user.applicationID else { throw StoreError.corrupt }
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard version <= Schema.user.version else { throw StoreError.newerSchema }
                guard try Schema.isUser(database, at: version) else { throw StoreError.corrupt }
                guard let owner = try FileOwner(database), let tenant = TenantID(owner.tenant),
                    let user = UserID(owner.user)
                else { throw StoreError.corrupt }
                return Account(tenant: tenant, user: user)
            }
        } catch {
            throw Self.explained(error, path)
        }
    }

    /// Reads every page.
    ///
    /// - Throws: `StoreError.wrongOwner` when the owner is not `expected`, `corrupt` when it is damaged.
    package func check(isOf expected: Account) throws(StoreError) {
        guard account == expected else { throw .wrongOwner }
        try check()
    }

    /// Reads every page, for any owner.
    func check() throws(StoreError) {
        guard try inDatabase(Integrity.problems).isEmpty else { throw .corrupt }
    }

    /// - Throws: `StoreError` for a damaged copy, or the error of `body`.
    package func read<T>(_ body: (UserReader) throws -> T) throws -> T {
        try readRows { try body(UserReader(SQLiteRows($0, owner: 0), now: .now)) }
    }

    /// Reads the bare tables.
    func readRows<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try queue.inDatabase(body)
        } catch let error where error is DatabaseError || error is RowDecodingError {
            throw Self.explained(error, path)
        }
    }

    package func close() { try? queue.close() }

    private func inDatabase<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try queue.inDatabase(body)
        } catch {
            throw Self.explained(error, path)
        }
    }

    static func explained(_ error: any Error, _ path: String) -> StoreError {
        StoreError(error, folder: DataFolder(root: (path as NSString).deletingLastPathComponent))
    }
}
