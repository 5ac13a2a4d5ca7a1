package import Identity

/// The data of all users, wherever it is kept: the seam that requests, turns and administration use.
///
/// A user exists from their first write on; before that, and after `delete`, they have nothing stored.
package protocol UserStore: Sendable {
    /// Returns what `body` reads, or `empty` for a user who has nothing stored.
    func read<T: Sendable>(
        _ account: Account, orEmpty empty: T, _ body: @escaping @Sendable (UserReader) throws -> T
    ) async throws -> T

    /// Runs `body` in one transaction, which is on disk when this returns. A body that throws leaves nothing behind.
    ///
    /// Waiting can be cancelled; a transaction that has begun ends by itself. A backend may run `body` again.
    /// - Parameter creating: false for a change of something that must exist, which makes no user.
    /// - Throws: `StoreError.notFound(.user)` for a user who has nothing stored, unless `creating`.
    func write<T: Sendable>(
        _ account: Account, limits: StoreLimits, creating: Bool,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T

    /// The tenants that have data, whether they are still configured or not.
    func tenants() async throws -> [TenantID]

    /// The users of a tenant, and those who were deleted, after `hash` in the order of their hashes.
    func users(of tenant: TenantID, after hash: String, limit: Int) async throws -> [UserEntry]

    /// Nil for a user who has nothing stored.
    func summary(of account: Account) async throws -> UserSummary?

    /// Deletes a user with all that they have stored.
    /// - Returns: false for a user who was not there.
    func delete(_ account: Account) async throws -> Bool

    /// Deletes all that the users of a tenant have stored, while other tenants are served. Whoever asks for it from now on
    /// is refused, until `admit`. Cut off, it can be done again.
    func purge(_ tenant: TenantID) async throws

    /// Serves a tenant of the same name as one that was purged.
    func admit(_ tenant: TenantID)

    /// Forgets what is older than `limits` keep.
    /// - Returns: whether there was something.
    func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool

    /// Refuses everyone new, and returns when all work has ended.
    func close() async
}

extension UserStore {
    /// A transaction of a user who is made by it if need be.
    package func write<T: Sendable>(
        _ account: Account, limits: StoreLimits = StoreLimits(),
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        try await write(account, limits: limits, creating: true, body)
    }

    /// The users of a tenant from the first one on.
    package func users(of tenant: TenantID, limit: Int) async throws -> [UserEntry] {
        try await users(of: tenant, after: "", limit: limit)
    }
}
