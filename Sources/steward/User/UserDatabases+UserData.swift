import Foundation
import Identity
import TodoStore

extension UserDatabases: UserData {
    func users(of tenant: TenantID) async throws -> [UserEntry] { try await users(of: tenant, limit: .max) }

    func restore(_ copy: DatabaseCopy) async throws {
        try await withScratchCopy(of: copy.path) { try await restore(copy.account, from: $0) }
    }

    func importUser(_ account: Account, from path: String, _ options: UserImport) async throws {
        try await withScratchCopy(of: path) { file in
            do {
                try await importUser(account, fromScratch: file, options)
            } catch let error as UserImport.Refusal {
                throw CommandError(error.explanation)
            }
        }
    }

    /// What takes the place of a database is moved there: the original stays.
    private func withScratchCopy(of path: String, _ body: (String) async throws -> Void) async throws {
        let file = try newScratchFile()
        defer { removeScratchFile(file) }
        try FileManager.default.copyItem(atPath: path, toPath: file)
        try await body(file)
    }
}
