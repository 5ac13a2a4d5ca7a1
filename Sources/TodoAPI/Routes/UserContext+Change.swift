import Assistant
import TodoStore

extension UserContext {
    /// Changes an item that must exist.
    func change<T: Sendable>(
        _ item: StoreError.Item, in databases: UserDatabases,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        try await databases.change(item, of: account, limits: tenant.storeLimits, body)
    }
}
