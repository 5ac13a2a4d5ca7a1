import Postgres

/// Turns and their steps.
extension Statement {
    static let turn = Statement(
        "turn",
        """
        SELECT turn.id, turn.conversation_id, turn.status, turn.started_at, turn.ended_at, turn.idempotency_key,
            turn.error_code, turn.attempt, message.content
        FROM turn JOIN message ON message.account = $1 AND message.turn_id = turn.id AND message.role = 'user'
        WHERE turn.account = $1 AND turn.id = $2
        """)

    static let turns = Statement(
        "turns",
        """
        SELECT turn.id, turn.conversation_id, turn.status, turn.started_at, turn.ended_at, turn.idempotency_key,
            turn.error_code, turn.attempt, message.content,
            (SELECT coalesce(sum(octet_length(body)), 0)::bigint FROM step
                WHERE account = $1 AND step.turn_id = turn.id)
            + (SELECT coalesce(sum(octet_length(said.content)), 0)::bigint FROM message AS said
                WHERE account = $1 AND said.turn_id = turn.id)
        FROM turn JOIN message ON message.account = $1 AND message.turn_id = turn.id AND message.role = 'user'
        WHERE turn.account = $1 AND turn.conversation_id = $2 AND turn.status <> 'running'
            AND turn.id IS DISTINCT FROM $3::bigint
            AND coalesce(turn.error_code, '') NOT IN ('abandoned', 'refused')
        ORDER BY turn.id DESC LIMIT $4
        """)

    static let steps = Statement(
        "steps",
        """
        SELECT turn_id, body FROM step WHERE account = $1 AND turn_id = ANY ($2::bigint[]) ORDER BY turn_id, position
        """)

    static let toolStep = Statement(
        "tool_step", "SELECT body FROM step WHERE account = $1 AND turn_id = $2 AND call_index = $3")

    static let insertTurn = Statement(
        "insert_turn",
        """
        INSERT INTO turn (account, id, conversation_id, status, node, started_at, idempotency_key)
        VALUES ($1, $2, $3, 'running', $4, $5, $6)
        """)

    static let resumeTurn = Statement(
        "resume_turn",
        """
        UPDATE turn SET status = 'running', node = $3, attempt = attempt + 1, ended_at = NULL, error_code = NULL
        WHERE account = $1 AND id = $2 AND status = 'interrupted'
        """)

    /// The last position and the answered calls of a turn that runs, at this node and in this attempt.
    static let openTurn = Statement(
        "open_turn",
        """
        SELECT (SELECT coalesce(max(position), 0) FROM step WHERE account = $1 AND turn_id = $2),
            ARRAY(SELECT call_index::text FROM step
                WHERE account = $1 AND turn_id = $2 AND call_index IS NOT NULL)
        FROM turn WHERE account = $1 AND id = $2 AND status = 'running' AND node = $3 AND attempt = $4
        """)

    static let insertStep = Statement(
        "insert_step",
        """
        INSERT INTO step (account, turn_id, position, call_index, body, size) VALUES ($1, $2, $3, $4, $5, $6)
        """)

    static let endTurn = Statement(
        "end_turn",
        """
        UPDATE turn SET status = $5, ended_at = $6, error_code = $7
        WHERE account = $1 AND id = $2 AND status = 'running' AND node = $3 AND attempt = $4
        RETURNING conversation_id,
            EXISTS (SELECT 1 FROM message WHERE account = $1 AND turn_id = $2 AND role = 'assistant')
        """)

    static let insertRunning = Statement(
        "insert_running", "INSERT INTO running (account, turn_id, node, tenant) VALUES ($1, $2, $3, $4)")

    static let deleteRunning = Statement("delete_running", "DELETE FROM running WHERE account = $1 AND turn_id = $2")

    static let turnsAndSteps: [Statement] = [
        turn, turns, steps, toolStep, insertTurn, resumeTurn, openTurn, insertStep, endTurn,
    ]
}
