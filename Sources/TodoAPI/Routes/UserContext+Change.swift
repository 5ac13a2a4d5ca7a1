import Assistant
import TodoStore

extension UserContext {
    /// A change of something that must exist: a user without a database has nothing, and gets no database by asking.
    func change<T: Sendable>(
        _ item: StoreError.Item, in databases: UserDatabases,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        let exists = try await databases.read(account, orEmpty: false) { _ in true }
        guard exists else { throw StoreError.notFound(item) }
        return try await databases.write(account, limits: tenant.storeLimits, body)
    }
}
