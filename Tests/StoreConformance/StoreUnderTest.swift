import Identity
package import TodoStore

/// An empty store of a backend, with a clock that only its checks move.
package struct StoreUnderTest: Sendable {
    package let store: any UserStore
    /// Lets time pass.
    package let advance: @Sendable (_ seconds: Int) -> Void
    /// Ends the store and lends another one over the same data, as after the end of its process.
    package let restarted: @Sendable (_ body: @Sendable (any UserStore) async throws -> Void) async throws -> Void

    package init(
        store: any UserStore, advance: @escaping @Sendable (_ seconds: Int) -> Void,
        restarted: @escaping @Sendable (_ body: @Sendable (any UserStore) async throws -> Void) async throws -> Void
    ) {
        self.store = store
        self.advance = advance
        self.restarted = restarted
    }

    /// A user of a tenant; all checks begin without any.
    func account(_ user: String = "alice", of tenant: String = "acme") throws -> Account {
        guard let tenant = TenantID(tenant), let user = UserID(user) else { throw StoreCheck.Failure("no such name") }
        return Account(tenant: tenant, user: user)
    }

    /// Stores tasks with these titles, one transaction for each.
    func add(_ titles: String..., to account: Account) async throws {
        for title in titles {
            _ = try await store.write(account) { try $0.addTodo(TodoDraft(title: title), origin: .user) }
        }
    }

    func titles(of account: Account, _ query: TodoQuery = TodoQuery()) async throws -> [String] {
        try await store.read(account, orEmpty: []) { try $0.todos(query).items.map(\.title) }
    }
}
