package import Identity
package import SQLiteStore
package import TodoStore

/// The work of operators' commands. Files are made and read only for tenants whose data is in the data folder.
extension UserStores: UserData {
    package func users(of tenant: TenantID) async throws -> [UserEntry] { try await users(of: tenant, limit: .max) }

    package func snapshot(of account: Account, to path: String) async throws -> Snapshot? {
        try await folder(of: account.tenant).snapshot(of: account, to: path)
    }

    package func restore(_ copy: DatabaseCopy) async throws {
        try await folder(of: copy.account.tenant).restore(copy)
    }

    package func importUser(_ account: Account, from path: String, _ options: UserImport) async throws {
        try await folder(of: account.tenant).importUser(account, from: path, options)
    }

    /// A database looks after its own files.
    package func problems(of account: Account) async throws -> [String] {
        guard let folder = try await store(of: account.tenant) as? UserDatabases else { return [] }
        return try await folder.problems(of: account)
    }

    package func problems(of tenant: TenantID) async throws -> [String] {
        guard let folder = try await store(of: tenant) as? UserDatabases else { return [] }
        return try await folder.problems(of: tenant)
    }
}
