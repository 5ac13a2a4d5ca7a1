package import Identity
package import PostgresStore
package import SQLiteStore
package import TodoStore

/// The stores of one process side by side: the data folder, and the databases by name. Each tenant's data is in one of them.
package struct UserStores: UserStore {
    /// The place of a tenant's data, as far as the configuration tells.
    package enum Place: Sendable {
        case folder
        /// The name of a database.
        case database(String)
        /// Of a tenant that is not configured, or not validly.
        case unknown
    }

    package let folder: UserDatabases
    package let databases: [String: PostgresUsers]
    private let place: @Sendable (TenantID) -> Place

    /// - Parameter place: Returns the place of a tenant's data.
    package init(
        folder: UserDatabases, databases: [String: PostgresUsers] = [:],
        place: @escaping @Sendable (TenantID) -> Place = { _ in .folder }
    ) {
        self.folder = folder
        self.databases = databases
        self.place = place
    }

    /// The store of a tenant that is served.
    private func store(of account: Account) throws(StoreError) -> any UserStore {
        guard let store = configuredStore(of: account.tenant) else {
            throw .unavailable(reason: "the tenant's file does not tell which store its data is in")
        }
        return store
    }

    /// Nil for a tenant that is not configured.
    private func configuredStore(of tenant: TenantID) -> (any UserStore)? {
        guard !databases.isEmpty else { return folder }
        return switch place(tenant) {
        case .folder: folder
        case .database(let name): databases[name]
        case .unknown: nil
        }
    }

    /// The store of a tenant for administration: where there is data of one that is not configured.
    package func store(of tenant: TenantID) async throws -> any UserStore {
        if let store = configuredStore(of: tenant) { return store }
        for database in databases.values where try await database.tenants().contains(tenant) { return database }
        return folder
    }

    /// The data folder, for what only it can do.
    package func folder(of tenant: TenantID) async throws -> UserDatabases {
        guard let folder = try await store(of: tenant) as? UserDatabases else {
            throw StoreError.unavailable(reason: "the tenant's data is in a database, which is copied by its own means")
        }
        return folder
    }

    package func read<T: Sendable>(
        _ account: Account, orEmpty empty: T, _ body: @escaping @Sendable (UserReader) throws -> T
    ) async throws -> T {
        try await store(of: account).read(account, orEmpty: empty, body)
    }

    package func write<T: Sendable>(
        _ account: Account, limits: StoreLimits, creating: Bool,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        try await store(of: account).write(account, limits: limits, creating: creating, body)
    }

    package func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool {
        try await store(of: account).forgetOld(of: account, limits: limits)
    }
}

/// The administration of users' data.
extension UserStores {
    package func tenants() async throws -> [TenantID] {
        var tenants = Set(try await folder.tenants())
        for database in databases.values { tenants.formUnion(try await database.tenants()) }
        return tenants.sorted()
    }

    package func users(of tenant: TenantID, after hash: String, limit: Int) async throws -> [UserEntry] {
        try await store(of: tenant).users(of: tenant, after: hash, limit: limit)
    }

    package func summary(of account: Account) async throws -> UserSummary? {
        try await store(of: account.tenant).summary(of: account)
    }

    package func delete(_ account: Account) async throws -> Bool {
        try await store(of: account.tenant).delete(account)
    }

    package func purge(_ tenant: TenantID) async throws { try await store(of: tenant).purge(tenant) }

    package func admit(_ tenant: TenantID) {
        folder.admit(tenant)
        for database in databases.values { database.admit(tenant) }
    }

    package func close() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await folder.close() }
            for database in databases.values { group.addTask { await database.close() } }
        }
    }
}
