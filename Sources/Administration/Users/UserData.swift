package import Identity
package import SQLiteStore
package import TodoStore

/// Access to the data of users for operators' commands: through the running server, or in this process.
package protocol UserData: Sendable {
    /// Returns the tenants that have data.
    func tenants() async throws -> [TenantID]
    /// Returns the users of a tenant, including deleted ones, sorted by their hashes.
    func users(of tenant: TenantID) async throws -> [UserEntry]
    /// Returns nil for a user without data.
    func summary(of account: Account) async throws -> UserSummary?
    /// Writes all data of a user to a new file; returns nil for a user without data.
    func snapshot(of account: Account, to path: String) async throws -> Snapshot?
    /// Returns false for a user without data.
    func delete(_ account: Account) async throws -> Bool
    /// Deletes the data of all users of a tenant.
    func purge(_ tenant: TenantID) async throws
    /// Replaces the data of a user with a copy.
    func restore(_ copy: DatabaseCopy) async throws
    /// Imports the database at `path` for a user. A server applies its own limits instead of those in `options`.
    func importUser(_ account: Account, from path: String, _ options: UserImport) async throws
    /// Returns the problems of a user's file.
    func problems(of account: Account) async throws -> [String]
    /// Returns the problems of the list of a tenant's users.
    func problems(of tenant: TenantID) async throws -> [String]
}
