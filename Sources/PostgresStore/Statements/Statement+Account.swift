import Postgres

/// Transactions and the row of the user, which each write locks first.
extension Statement {
    static let begin = Statement("begin", "BEGIN")
    static let beginRead = Statement("begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    static let commit = Statement("commit", "COMMIT")
    static let rollback = Statement("rollback", "ROLLBACK")

    /// Row security shows this account's rows, until the transaction ends.
    static let setAccount = Statement("set_account", "SELECT set_config('steward.account', $1, true)")

    static let account = Statement(
        "account",
        """
        SELECT array_remove(runners, $2::uuid) <> '{}', revision, last_at, last_todo, last_change, last_conversation,
            last_turn, last_message, last_confirmation, todos, conversations, messages, bytes, oldest_change,
            oldest_change_at
        FROM account WHERE account = $1 AND deleted_at IS NULL
        """)

    static let accountForUpdate = Statement(
        "account_for_update",
        """
        SELECT array_remove(runners, $2::uuid) <> '{}', revision, last_at, last_todo, last_change, last_conversation,
            last_turn, last_message, last_confirmation, todos, conversations, messages, bytes, oldest_change,
            oldest_change_at
        FROM account WHERE account = $1 AND deleted_at IS NULL FOR UPDATE
        """)

    /// Takes `bytes` as a difference, since statements of the same transaction may have subtracted some already.
    static let updateAccount = Statement(
        "update_account",
        """
        UPDATE account SET revision = revision + 1, write_id = $2, last_at = $3, last_todo = $4, last_change = $5,
            last_conversation = $6, last_turn = $7, last_message = $8, last_confirmation = $9, todos = $10,
            conversations = $11, messages = $12, bytes = bytes + $13,
            oldest_change = CASE WHEN $16::boolean
                THEN (SELECT id FROM change WHERE account = $1 ORDER BY id LIMIT 1) ELSE $14 END,
            oldest_change_at = CASE WHEN $16::boolean
                THEN (SELECT at FROM change WHERE account = $1 ORDER BY id LIMIT 1) ELSE $15 END,
            runners = CASE WHEN $17::boolean
                THEN ARRAY(SELECT DISTINCT node FROM running WHERE account = $1) ELSE runners END
        WHERE account = $1
        """)

    static let accountBytes = Statement("account_bytes", "SELECT bytes FROM account WHERE account = $1")

    /// Waits for the transaction whose outcome is unknown, if it still goes on: it holds the row.
    static let accountOutcome = Statement(
        "account_outcome",
        "SELECT revision, coalesce(write_id = $2::uuid, false) FROM account WHERE account = $1 FOR UPDATE")

    static let hasOrphans = Statement(
        "has_orphans",
        """
        SELECT EXISTS (
                SELECT 1 FROM turn WHERE account = $1 AND status = 'running' AND turn.node <> $2 AND NOT EXISTS (
                    SELECT 1 FROM node WHERE node.id = turn.node AND node.expires_at > clock_timestamp()))
            OR EXISTS (
                SELECT 1 FROM idempotency AS claim WHERE account = $1 AND state = 'running' AND claim.node <> $2
                AND NOT EXISTS (
                    SELECT 1 FROM node WHERE node.id = claim.node AND node.expires_at > clock_timestamp()))
        """)

    static let orphans = Statement(
        "orphans",
        """
        SELECT id, conversation_id, crashes FROM turn
        WHERE account = $1 AND status = 'running' AND turn.node <> $2 AND NOT EXISTS (
            SELECT 1 FROM node WHERE node.id = turn.node AND node.expires_at > clock_timestamp())
        ORDER BY id
        """)

    static let endOrphan = Statement(
        "end_orphan",
        """
        UPDATE turn SET ended_at = $3, crashes = least(greatest(crashes, 0), 1) + 1, status = $4, error_code = $5
        WHERE account = $1 AND id = $2
        """)

    static let endOrphanedKeys = Statement(
        "end_orphaned_keys",
        """
        UPDATE idempotency AS claim SET state = CASE
            WHEN turn_id IN (SELECT id FROM turn WHERE account = $1 AND error_code = 'abandoned') THEN 'abandoned'
            ELSE 'interrupted' END
        WHERE account = $1 AND state = 'running' AND claim.node <> $2 AND NOT EXISTS (
            SELECT 1 FROM node WHERE node.id = claim.node AND node.expires_at > clock_timestamp())
        """)

    static let summary = Statement(
        "summary",
        """
        SELECT created_at, todos, conversations, messages,
            (SELECT count(*) FROM change WHERE account = $1), bytes
        FROM account WHERE account = $1 AND deleted_at IS NULL
        """)

    static let accounts: [Statement] = [
        account, accountForUpdate, updateAccount, accountBytes, accountOutcome, hasOrphans, orphans, endOrphan,
        endOrphanedKeys, summary,
    ]
}
