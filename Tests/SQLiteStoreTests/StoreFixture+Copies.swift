import Foundation
import Identity

@testable import SQLiteStore
@testable import TodoStore

extension UserDatabases {
    /// Restores a user from a file that is kept.
    func restore(_ account: Account, copy: String) async throws {
        try await withScratchFile { file in
            try RegularFile(copy).copy(to: file)
            try await restore(account, from: file)
        }
    }

    /// Imports a file that is kept.
    func importUser(_ account: Account, copy: String, _ options: UserImport) async throws {
        try await withScratchFile { file in
            try RegularFile(copy).copy(to: file)
            try await importUser(account, fromScratch: file, options)
        }
    }
}
