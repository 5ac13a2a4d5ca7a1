import GRDB
import Time
import TodoStore

/// The other owners of a file are earlier processes, as only one has it open.
extension SQLiteRows {
    func hasOrphans() throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM turn WHERE status = 'running' AND process <> ?1)
                    OR EXISTS (SELECT 1 FROM idempotency WHERE state = 'running' AND process <> ?1)
                """, arguments: [owner]) ?? false
    }

    func orphanedTurns() throws -> [Turn.Orphan] {
        try Row.fetchAll(
            database,
            sql: "SELECT id, conversation_id, crashes FROM turn WHERE status = 'running' AND process <> ? ORDER BY id",
            arguments: [owner]
        ).map { row in
            try Turn.Orphan(id: row.value(0), conversationID: row.value(1), crashes: row.value(2))
        }
    }

    func endOrphan(_ turn: Turn.Orphan, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws {
        try database.execute(
            sql: """
                UPDATE turn SET ended_at = ?, crashes = min(max(crashes, 0), 1) + 1, status = ?, error_code = ?
                WHERE id = ?
                """, arguments: [now.milliseconds, status.rawValue, errorCode, turn.id])
    }

    func endOrphanedKeys() throws {
        try database.execute(
            sql: """
                UPDATE idempotency SET state = CASE
                    WHEN turn_id IN (SELECT id FROM turn WHERE error_code = 'abandoned') THEN 'abandoned'
                    ELSE 'interrupted' END
                WHERE state = 'running' AND process <> ?
                """, arguments: [owner])
    }
}
