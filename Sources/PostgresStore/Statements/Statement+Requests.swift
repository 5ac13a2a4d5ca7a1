import Postgres

/// Idempotency keys and confirmations.
extension Statement {
    static let key = Statement(
        "key",
        """
        SELECT state, request_hash, turn_id, status, body, created_at, size, node <> $3
        FROM idempotency WHERE account = $1 AND key = $2
        """)

    static let insertKey = Statement(
        "insert_key",
        """
        INSERT INTO idempotency (account, key, request_hash, state, node, turn_id, created_at, size)
        VALUES ($1, $2, $3, 'running', $4, $5, $6, $7) ON CONFLICT (account, key) DO NOTHING
        """)

    static let setKey = Statement(
        "set_key",
        """
        WITH before AS (SELECT size FROM idempotency WHERE account = $1 AND key = $2),
            after AS (
                UPDATE idempotency SET state = $3, node = $4, status = $5, body = $6, size = $7
                WHERE account = $1 AND key = $2 RETURNING size)
        UPDATE account SET bytes = bytes + after.size - before.size FROM before, after WHERE account = $1
        """)

    static let setKnownKey = Statement(
        "set_known_key",
        """
        UPDATE idempotency SET state = $3, node = $4, status = $5, body = $6, size = $7
        WHERE account = $1 AND key = $2
        """)

    static let deleteKey = Statement(
        "delete_key",
        """
        WITH gone AS (DELETE FROM idempotency WHERE account = $1 AND key = $2 RETURNING size)
        UPDATE account SET bytes = bytes - gone.size FROM gone WHERE account = $1
        """)

    static let deleteKeys = Statement(
        "delete_keys",
        """
        WITH gone AS (DELETE FROM idempotency WHERE account = $1 AND created_at <= $2 RETURNING size)
        UPDATE account SET bytes = bytes - (SELECT sum(size)::bigint FROM gone)
        WHERE account = $1 AND EXISTS (SELECT 1 FROM gone)
        """)

    static let confirmations = Statement(
        "confirmations", "SELECT changes FROM confirmation WHERE account = $1 AND turn_id = $2 ORDER BY id")

    static let askedTurn = Statement(
        "asked_turn",
        """
        SELECT turn_id FROM confirmation WHERE account = $1 AND asked AND turn_id = (
            SELECT max(id) FROM turn WHERE account = $1 AND conversation_id = $2 AND id < $3) LIMIT 1
        """)

    /// The confirmations of the turn before another one, with `askedTurn` in one round trip.
    static let confirmationsBefore = Statement(
        "confirmations_before",
        """
        SELECT changes FROM confirmation WHERE account = $1 AND turn_id = (
            SELECT max(id) FROM turn WHERE account = $1 AND conversation_id = $2 AND id < $3) ORDER BY id
        """)

    /// The entries in the journal of the turn before another one, with `askedTurn` in one round trip.
    static let changeMarksBefore = Statement(
        "change_marks_before",
        """
        SELECT id, kind, task_id, leader IS NOT NULL FROM change WHERE account = $1 AND turn_id = (
            SELECT max(id) FROM turn WHERE account = $1 AND conversation_id = $2 AND id < $3) ORDER BY id
        """)

    static let insertConfirmation = Statement(
        "insert_confirmation",
        "INSERT INTO confirmation (account, id, turn_id, changes, size) VALUES ($1, $2, $3, $4, $5)")

    static let setAsked = Statement(
        "set_asked", "UPDATE confirmation SET asked = true WHERE account = $1 AND turn_id = $2")

    static let requests: [Statement] = [
        key, insertKey, setKey, setKnownKey, deleteKey, deleteKeys, confirmations, askedTurn, confirmationsBefore,
        changeMarksBefore, insertConfirmation, setAsked,
    ]
}
