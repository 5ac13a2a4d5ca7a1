import Foundation
package import Identity
import TodoStore

extension DatabaseCopy {
    /// Writes the checked rows of the database at `path`, which comes from outside, to a new database at `made`.
    ///
    /// - Parameter check: Checks the owner and the amount of data, and returns the new owner.
    /// - Throws: `StoreError`, `UserImport.Refusal`; then the caller removes the file at `made`.
    package static func rebuild(
        _ path: String, to made: String, for check: (DatabaseCopy) throws -> Account = { $0.account }
    ) throws -> Account {
        let copy = try DatabaseCopy(path: path)
        defer { copy.close() }
        do {
            let account = try check(copy)
            try copy.check()
            try DatabaseRebuild.write(copy, to: made, for: account)
            return account
        } catch let error as UserImport.Refusal {
            throw error
        } catch {
            throw explained(error, path)
        }
    }

    /// Checks the user's quotas.
    ///
    /// - Throws: `StoreError.corrupt`, `StoreError.quotaExceeded`.
    func checkQuotas(bytes: Int, limits: StoreLimits) throws {
        let summary = try readRows { try UserSummary($0, bytes: bytes) }
        guard let summary else { throw StoreError.corrupt }
        guard summary.bytes <= limits.bytes else { throw StoreError.quotaExceeded(.bytes) }
        guard summary.tasks <= limits.tasks else { throw StoreError.quotaExceeded(.tasks) }
        guard summary.conversations <= limits.conversations else { throw StoreError.quotaExceeded(.conversations) }
        guard summary.messages <= limits.messages else { throw StoreError.quotaExceeded(.messages) }
    }
}
