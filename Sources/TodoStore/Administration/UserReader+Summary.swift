import GRDB

extension UserReader {
    /// - Parameter bytes: the size of the file, which SQLite does not know with its log.
    package func summary(bytes: Int) throws -> UserSummary? {
        guard
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT created_at, (SELECT count(*) FROM todo) AS tasks,
                        (SELECT count(*) FROM conversation) AS conversations,
                        (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM change) AS changes
                    FROM owner
                    """)
        else { return nil }
        return UserSummary(
            createdAt: Timestamp(milliseconds: row["created_at"]), tasks: row["tasks"],
            conversations: row["conversations"], messages: row["messages"], changes: row["changes"], bytes: bytes,
            schema: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0)
    }
}
