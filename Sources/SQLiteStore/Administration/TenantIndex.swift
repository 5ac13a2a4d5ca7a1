import GRDB
import Identity
import Time
import TodoStore

/// The users of a tenant, in `tenant.sqlite`.
enum TenantIndex {
    /// Enters a user before the first file is made; `limit` counts those who were not deleted.
    static func enter(_ account: Account, _ database: Database, limit: Int, now: Timestamp) throws {
        let hash = try AccountHash(account).text
        let isKnown = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM user WHERE hash = ? AND deleted IS NULL)"),
            arguments: [hash])
        guard isKnown != true else { return }
        let count = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) FROM user WHERE deleted IS NULL"))
        guard count ?? 0 < limit else { throw StoreError.quotaExceeded(.users) }
        try database.cachedStatement(
            sql: """
                INSERT INTO user (hash, id, created_at, schema) VALUES (?, ?, ?, ?)
                ON CONFLICT (hash) DO UPDATE SET id = excluded.id, deleted = NULL, created_at = excluded.created_at
                """
        ).execute(arguments: [hash, account.user.rawValue, now.milliseconds, Schema.user.version])
    }
}
