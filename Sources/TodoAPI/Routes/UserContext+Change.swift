import Assistant
import TodoStore

extension UserContext {
    /// Changes an item that must exist.
    /// - Throws: `StoreError.notFound(item)` for a user who has nothing stored.
    func change<T: Sendable>(
        _ item: StoreError.Item, in databases: any UserStore,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        do {
            return try await databases.write(account, limits: tenant.storeLimits, creating: false, body)
        } catch StoreError.notFound(.user) {
            throw StoreError.notFound(item)
        }
    }
}
