import GRDB

/// Ends the turns that an earlier process left running: they and their keys become interrupted, what was said so far is kept.
///
/// A turn that this happens to for the second time is taken to be what ended the process: it and its key are abandoned, so
/// that no repetition of its request can end another one.
enum TurnRecovery {
    /// How many turns it found. It runs inside the caller's transaction, or in one of its own.
    @discardableResult
    static func run(_ database: Database, process: Int, now: Timestamp) throws -> Int {
        // Asked at each open, and mostly there is nothing.
        let isNeeded = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM turn WHERE status = 'running' AND process <> ?1)
                    OR EXISTS (SELECT 1 FROM idempotency WHERE state = 'running' AND process <> ?1)
                """, arguments: [process])
        guard isNeeded == true else { return 0 }
        let turns = try Int.fetchAll(
            database, sql: "SELECT id FROM turn WHERE status = 'running' AND process <> ?", arguments: [process])
        try database.inSavepoint {
            for turn in turns { try interrupt(turn, database, now: now) }
            try database.execute(
                sql: """
                    UPDATE idempotency SET state = CASE
                        WHEN turn_id IN (SELECT id FROM turn WHERE error_code = 'abandoned') THEN 'abandoned'
                        ELSE 'interrupted' END
                    WHERE state = 'running' AND process <> ?
                    """, arguments: [process])
            return .commit
        }
        return turns.count
    }

    private static func interrupt(_ turn: Int, _ database: Database, now: Timestamp) throws {
        let said = try StepStore.steps(database, turn: turn).compactMap { step in
            if case .model(let content, _, _, _) = step, !content.isEmpty { content } else { nil }
        }
        try database.execute(
            sql: """
                INSERT INTO message (conversation_id, turn_id, role, content, status, created_at)
                SELECT conversation_id, id, 'assistant', ?, 'incomplete', ? FROM turn WHERE id = ?
                ON CONFLICT (turn_id, role) DO NOTHING
                """,
            arguments: [said.joined(separator: "\n\n"), now.milliseconds, turn])
        try database.execute(
            sql: """
                UPDATE turn SET ended_at = ?1, crashes = min(crashes, 1) + 1,
                    status = iif(crashes < 1, 'interrupted', 'failed'),
                    error_code = iif(crashes < 1, error_code, 'abandoned')
                WHERE id = ?2
                """, arguments: [now.milliseconds, turn])
    }
}
