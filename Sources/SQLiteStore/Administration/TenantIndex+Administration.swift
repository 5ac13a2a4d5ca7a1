import GRDB
import Identity
import Time
import TodoStore

extension TenantIndex {
    /// A row of the index.
    struct Record: Sendable {
        let hash: String
        /// The user; nil for a tombstone.
        let user: UserID?
        let createdAt: Timestamp
    }

    /// Returns the users and tombstones after `hash`, sorted by hash.
    static func records(_ database: Database, after hash: String, limit: Int) throws -> [Record] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT hash, id, created_at, deleted FROM user WHERE hash > ? ORDER BY hash LIMIT ?"),
            arguments: [hash, limit]
        ).map { row in
            let isDeleted = (try row.value("deleted") as Int?) != nil
            return try Record(
                hash: row.value("hash"), user: isDeleted ? nil : UserID(row.value("id") as String),
                createdAt: Timestamp(milliseconds: row.value("created_at")))
        }
    }

    /// Sets a tombstone without the user's id; returns false for a user who is not in the index.
    static func bury(_ account: Account, _ database: Database, now: Timestamp) throws -> Bool {
        let hash = try AccountHash(account).text
        // No user id contains a number sign.
        try database.cachedStatement(
            sql: "UPDATE user SET deleted = ?, id = '#' || hash WHERE hash = ? AND deleted IS NULL"
        ).execute(arguments: [now.milliseconds, hash])
        return database.changesCount == 1
    }
}
