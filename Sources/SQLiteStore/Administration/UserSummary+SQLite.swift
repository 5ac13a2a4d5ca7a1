import GRDB
import Time
import TodoStore

extension UserSummary {
    /// - Parameter bytes: The size of the file and its log, which SQLite does not know.
    init?(_ database: Database, bytes: Int) throws {
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
        try self.init(
            createdAt: Timestamp(milliseconds: row.value("created_at")), tasks: row.value("tasks"),
            conversations: row.value("conversations"), messages: row.value("messages"), changes: row.value("changes"),
            bytes: bytes,
            schema: Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0)
    }
}
