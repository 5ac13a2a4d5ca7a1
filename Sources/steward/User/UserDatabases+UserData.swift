import Foundation
import Identity
import TodoStore

extension UserDatabases: UserData {
    func users(of tenant: TenantID) async throws -> [UserEntry] { try await users(of: tenant, limit: .max) }

    func restore(_ copy: DatabaseCopy) async throws {
        let file = try newScratchFile()
        defer { unlink(file) }
        try FileManager.default.copyItem(atPath: copy.path, toPath: file)
        try await restore(copy.account, from: file)
    }
}
