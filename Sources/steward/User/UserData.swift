import Identity
import TodoStore

/// The data of users, as an operator's command sees it: through the running server, or in this process.
protocol UserData: Sendable {
    /// The tenants that have data.
    func tenants() async throws -> [TenantID]
    /// The users of a tenant and those who were deleted, in the order of their hashes.
    func users(of tenant: TenantID) async throws -> [UserEntry]
    /// Nil for a user without data.
    func summary(of account: Account) async throws -> UserSummary?
    /// Writes all that a user has stored into a new file; nil for a user without data.
    func snapshot(of account: Account, to path: String) async throws -> Snapshot?
    /// False for a user without data.
    func delete(_ account: Account) async throws -> Bool
    /// Removes all that the users of a tenant have stored.
    func purge(_ tenant: TenantID) async throws
    /// Puts a copy in the place of all that the user has stored.
    func restore(_ copy: DatabaseCopy) async throws
    /// Makes the database at `path` the user's. A server goes by its own limits instead of those of `options`.
    func importUser(_ account: Account, from path: String, _ options: UserImport) async throws
    /// What is wrong with a user's file.
    func problems(of account: Account) async throws -> [String]
    /// What is wrong with the list of a tenant's users.
    func problems(of tenant: TenantID) async throws -> [String]
}
