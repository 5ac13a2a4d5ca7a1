import Foundation
package import Identity
package import SQLiteStore
package import TodoStore

extension UserDatabases: UserData {
    package func users(of tenant: TenantID) async throws -> [UserEntry] { try await users(of: tenant, limit: .max) }

    package func restore(_ copy: DatabaseCopy) async throws {
        try await withScratchCopy(of: copy.path) { file in
            try await Self.explainingRefusals { try await restore(copy.account, from: file) }
        }
    }

    package func importUser(_ account: Account, from path: String, _ options: UserImport) async throws {
        try await withScratchCopy(of: path, maximum: options.limits.bytes) { file in
            try await Self.explainingRefusals { try await importUser(account, fromScratch: file, options) }
        }
    }

    private static func explainingRefusals(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as UserImport.Refusal {
            throw CommandError(error.explanation, isAboutOne: true)
        }
    }

    /// Copies the file first, because importing moves it and the original must stay.
    private func withScratchCopy(
        of path: String, maximum: Int = RegularFile.largest, _ body: (String) async throws -> Void
    ) async throws {
        let original = try RegularFile(path, maximum: maximum)
        try await withScratchFile { file in
            try original.copy(to: file)
            try await body(file)
        }
    }
}
