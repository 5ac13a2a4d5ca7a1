import Postgres

/// The journal.
extension Statement {
    static let changesBefore = Statement(
        "changes_before",
        """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo, undone_by
        FROM change WHERE account = $1 AND id < $2 ORDER BY id DESC LIMIT $3
        """)

    static let change = Statement(
        "change",
        """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo, undone_by
        FROM change WHERE account = $1 AND id = $2
        """)

    static let changesOfTurn = Statement(
        "changes_of_turn",
        """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo, undone_by
        FROM change WHERE account = $1 AND turn_id = $2 ORDER BY id
        """)

    static let changesOfGroup = Statement(
        "changes_of_group",
        """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo, undone_by
        FROM change WHERE account = $1 AND (id = $2 OR leader = $2) ORDER BY id DESC
        """)

    static let lastOpenChange = Statement(
        "last_open_change",
        """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo, undone_by
        FROM change WHERE account = $1 AND undone_by IS NULL AND NOT is_undo ORDER BY id DESC LIMIT 1
        """)

    static let changeMarks = Statement(
        "change_marks",
        """
        SELECT id, kind, task_id, leader IS NOT NULL FROM change WHERE account = $1 AND turn_id = $2 ORDER BY id
        """)

    static let insertChange = Statement(
        "insert_change",
        """
        INSERT INTO change (account, id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader,
            undoes, is_undo, size)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)

    static let setUndone = Statement("set_undone", "UPDATE change SET undone_by = $3 WHERE account = $1 AND id = $2")

    static let oldestChange = Statement(
        "oldest_change", "SELECT id, at FROM change WHERE account = $1 ORDER BY id LIMIT 1")

    static let firstChange = Statement(
        "first_change", "SELECT id FROM change WHERE account = $1 AND at >= $2 ORDER BY id LIMIT 1")

    static let deleteChangesBelow = Statement(
        "delete_changes_below",
        """
        WITH gone AS (DELETE FROM change WHERE account = $1 AND id < $2 RETURNING size)
        UPDATE account SET bytes = bytes - (SELECT coalesce(sum(size), 0)::bigint FROM gone) WHERE account = $1
        """)

    static let deleteChangesBefore = Statement(
        "delete_changes_before",
        """
        WITH gone AS (DELETE FROM change WHERE account = $1 AND at < $2 RETURNING size)
        SELECT count(*), coalesce(sum(size), 0)::bigint FROM gone
        """)

    static let journal: [Statement] = [
        changesBefore, change, changesOfTurn, changesOfGroup, lastOpenChange, changeMarks, insertChange, setUndone,
        oldestChange, firstChange, deleteChangesBelow, deleteChangesBefore,
    ]
}
