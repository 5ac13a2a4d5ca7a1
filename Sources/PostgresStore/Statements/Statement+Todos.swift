import Postgres

/// Tasks: in each list of columns the order in which `TodoColumns` reads them.
extension Statement {
    static let todo = Statement(
        "todo",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo WHERE account = $1 AND id = $2
        """)

    static let todosByID = Statement(
        "todos_by_id",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo WHERE account = $1 AND id = ANY ($2::bigint[])
        """)

    static let todoIDs = Statement(
        "todo_ids",
        """
        SELECT id FROM todo
        WHERE account = $1 AND ($2::boolean IS NULL OR (completed_at IS NOT NULL) = $2) ORDER BY id
        """)

    static let statistics = Statement(
        "statistics",
        """
        SELECT count(*), count(completed_at), count(*) FILTER (WHERE completed_at IS NULL AND due_at < $2),
            count(*) FILTER (WHERE completed_at >= $3), count(*) FILTER (WHERE priority = 0),
            count(*) FILTER (WHERE priority = 1), count(*) FILTER (WHERE priority = 2)
        FROM todo WHERE account = $1
        """)

    static let completions = Statement(
        "completions",
        """
        SELECT DISTINCT completed_at FROM todo WHERE account = $1 AND completed_at < $2
        ORDER BY completed_at DESC LIMIT 500
        """)

    static let insertTodo = Statement(
        "insert_todo",
        """
        INSERT INTO todo (account, id, title, description, priority, tags, due_at, recurrence, created_at, updated_at,
            completed_at, version, title_key, description_key, tags_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """)

    static let updateTodo = Statement(
        "update_todo",
        """
        UPDATE todo SET title = $3, description = $4, priority = $5, tags = $6, due_at = $7, recurrence = $8,
            created_at = $9, updated_at = $10, completed_at = $11, version = $12, title_key = $13,
            description_key = $14, tags_key = $15
        WHERE account = $1 AND id = $2
        """)

    static let deleteTodo = Statement("delete_todo", "DELETE FROM todo WHERE account = $1 AND id = $2")

    // Lists: $2 limit, $3 completed, $4 priority, $5 and $6 due dates, $7 tags, $8 words, and then the place after which the
    // page begins. One text for each index and direction; a list by id stops at its limit, the others sort a user's tasks.

    static let todosByIDUp = Statement(
        "todos_id_up",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo
        WHERE account = $1 AND ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND id > $9
        ORDER BY id LIMIT $2
        """)

    static let todosByIDDown = Statement(
        "todos_id_down",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo
        WHERE account = $1 AND ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND id < $9
        ORDER BY id DESC LIMIT $2
        """)

    // $9 names the number to sort by, $10 and $11 the place: a number that may be missing in the first page.

    static let todosByNumberUp = Statement(
        "todos_number_up",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM (
            SELECT *, CASE $9::text WHEN 'priority' THEN priority WHEN 'created_at' THEN created_at
                WHEN 'updated_at' THEN updated_at ELSE coalesce(due_at, 9223372036854775807) END AS key
            FROM todo WHERE account = $1
        ) AS todo
        WHERE ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND ($10::bigint IS NULL OR (key, id) > ($10, $11::bigint))
        ORDER BY key, id LIMIT $2
        """)

    static let todosByNumberDown = Statement(
        "todos_number_down",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM (
            SELECT *, CASE $9::text WHEN 'priority' THEN priority WHEN 'created_at' THEN created_at
                WHEN 'updated_at' THEN updated_at ELSE coalesce(due_at, -9223372036854775808) END AS key
            FROM todo WHERE account = $1
        ) AS todo
        WHERE ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND ($10::bigint IS NULL OR (key, id) < ($10, $11::bigint))
        ORDER BY key DESC, id DESC LIMIT $2
        """)

    static let todosByTitleUp = Statement(
        "todos_title_up",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo
        WHERE account = $1 AND ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND ($9::text IS NULL OR (title_key, id) > ($9, $10::bigint))
        ORDER BY title_key, id LIMIT $2
        """)

    static let todosByTitleDown = Statement(
        "todos_title_down",
        """
        SELECT id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        FROM todo
        WHERE account = $1 AND ($3::boolean IS NULL OR (completed_at IS NOT NULL) = $3)
        AND ($4::bigint IS NULL OR priority = $4) AND ($5::bigint IS NULL OR due_at >= $5)
        AND ($6::bigint IS NULL OR due_at <= $6) AND tags_key @> $7::text[]
        AND (cardinality($8::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($8::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND strpos(coalesce(description_key, ''), word) = 0
            AND NOT EXISTS (SELECT 1 FROM unnest(tags_key) AS tag WHERE strpos(tag, word) > 0)))
        AND ($9::text IS NULL OR (title_key, id) < ($9, $10::bigint))
        ORDER BY title_key DESC, id DESC LIMIT $2
        """)

    static let todos: [Statement] = [
        todo, todosByID, todoIDs, statistics, completions, insertTodo, updateTodo, deleteTodo, todosByIDUp,
        todosByIDDown, todosByNumberUp, todosByNumberDown, todosByTitleUp, todosByTitleDown,
    ]
}
