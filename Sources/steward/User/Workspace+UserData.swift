import Administration
import Foundation
import Identity
import JSON
import SQLiteStore
import Tenants
import TodoStore

extension Workspace {
    /// Runs `body` with access to the data of users.
    func withUserData<Result>(_ body: (any UserData) async throws -> Result) async throws -> Result {
        try await userDataAccess().withUserData(body)
    }

    private func userDataAccess() async throws -> UserDataAccess {
        let stores = try stores()
        // Else the tenants' files need not be read.
        guard !stores.databases.isEmpty else { return UserDataAccess(dataFolder: dataFolder) }
        let tenants = try await tenants()
        return UserDataAccess(dataFolder: dataFolder, databases: try databases(of: stores)) { tenants.place(of: $0) }
    }

    /// Creates the data folder: on a new machine, a restore or an import can be the first command.
    func makeDataFolder() throws {
        guard mkdir(dataFolder, 0o700) == 0 || errno == EEXIST else {
            throw CommandError("\(dataFolder) cannot be created: \(String(cString: strerror(errno)))")
        }
    }

    /// Runs `body` with an entry in the tenant's audit log before it, and another one if it fails.
    func recording<Result>(
        _ action: AuditAction, _ account: Account, _ details: JSONObject = [:], _ body: () async throws -> Result
    ) async throws -> Result {
        var details = details
        details["user"] = .string(account.user.rawValue)
        try changing { try administration.record(action, account.tenant, details) }
        do {
            return try await body()
        } catch {
            try? administration.record(action, account.tenant, details, outcome: .failed)
            throw error
        }
    }
}

/// Runs `body` and converts the errors of the store to messages.
func reportingStoreErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as StoreError {
        throw CommandError(error.explanation)
    }
}
