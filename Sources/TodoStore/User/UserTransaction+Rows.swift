import GRDB

/// The rows of todos, without their journal.
extension UserTransaction {
    /// The todo with its id: a new one where `id` is nil.
    func insert(_ todo: Todo, id: Int?) throws -> Todo {
        let count = try counts.todos ?? counts().tasks
        guard count < limits.tasks else { throw StoreError.quotaExceeded(.tasks) }
        try requireRoom()
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO todo (id, title, description, priority, tags, due_at, recurrence, created_at, updated_at,
                    completed_at, version, title_key, description_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            id, todo.title, todo.description, todo.priority.rank, TodoRow.encode(tags: todo.tags),
            todo.dueAt?.milliseconds, todo.recurrence, todo.createdAt.milliseconds, todo.updatedAt.milliseconds,
            todo.completedAt?.milliseconds, todo.version, todo.title.folded, todo.description?.folded,
        ])
        counts.todos = count + 1
        return Todo(
            id: Int(database.lastInsertedRowID), title: todo.title, description: todo.description,
            priority: todo.priority, tags: todo.tags, dueAt: todo.dueAt, recurrence: todo.recurrence,
            createdAt: todo.createdAt, updatedAt: todo.updatedAt, completedAt: todo.completedAt, version: todo.version)
    }

    func store(_ todo: Todo) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE todo SET title = ?, description = ?, priority = ?, tags = ?, due_at = ?, recurrence = ?,
                    updated_at = ?, completed_at = ?, version = ?, title_key = ?, description_key = ?
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            todo.title, todo.description, todo.priority.rank, TodoRow.encode(tags: todo.tags),
            todo.dueAt?.milliseconds, todo.recurrence, todo.updatedAt.milliseconds, todo.completedAt?.milliseconds,
            todo.version, todo.title.folded, todo.description?.folded, todo.id,
        ])
    }

    func remove(_ id: Int) throws {
        try database.cachedStatement(sql: "DELETE FROM todo WHERE id = ?").execute(arguments: [id])
        counts.todos = counts.todos.map { $0 - 1 }
    }
}
