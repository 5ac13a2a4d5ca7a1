import GRDB

extension UserTransaction {
    package func addTodo(_ draft: TodoDraft, origin: ChangeOrigin) throws -> Todo {
        let count = try counts.todos ?? counts().tasks
        guard count < limits.tasks else { throw StoreError.quotaExceeded(.tasks) }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO todo (title, description, priority, tags, due_at, recurrence, created_at, updated_at,
                    version, title_key, description_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
                """)
        try statement.execute(arguments: [
            draft.title, draft.description, draft.priority.rank, TodoRow.encode(tags: draft.tags),
            draft.dueAt?.milliseconds, draft.recurrence, now.milliseconds, now.milliseconds, draft.title.folded,
            draft.description?.folded,
        ])
        counts.todos = count + 1
        let todo = Todo(
            id: Int(database.lastInsertedRowID), title: draft.title, description: draft.description,
            priority: draft.priority, tags: draft.tags, dueAt: draft.dueAt, recurrence: draft.recurrence,
            createdAt: now, updatedAt: now, completedAt: nil, version: 1)
        try journal(.created, todo.id, before: nil, after: todo, origin)
        return todo
    }

    /// A patch that changes nothing leaves the version as it is.
    package func updateTodo(
        _ id: Int, _ patch: TodoPatch, origin: ChangeOrigin, ifVersion: Int? = nil
    ) throws -> Todo {
        try change(id, ifVersion, .updated, origin) { todo in
            todo.title = patch.title.applied(to: todo.title, empty: todo.title)
            todo.description = patch.description.applied(to: todo.description)
            todo.priority = patch.priority.applied(to: todo.priority, empty: .medium)
            todo.tags = patch.tags.applied(to: todo.tags, empty: [])
            todo.dueAt = patch.dueAt.applied(to: todo.dueAt)
            todo.recurrence = patch.recurrence.applied(to: todo.recurrence)
        }
    }

    /// All of the draft takes the place of what was there; id, creation and completion stay.
    package func replaceTodo(
        _ id: Int, _ draft: TodoDraft, origin: ChangeOrigin, ifVersion: Int? = nil
    ) throws -> Todo {
        try change(id, ifVersion, .updated, origin) { todo in
            todo.title = draft.title
            todo.description = draft.description
            todo.priority = draft.priority
            todo.tags = draft.tags
            todo.dueAt = draft.dueAt
            todo.recurrence = draft.recurrence
        }
    }

    /// Sets, never toggles: done twice, it changes nothing the second time.
    package func setCompleted(
        _ id: Int, _ completed: Bool, origin: ChangeOrigin, ifVersion: Int? = nil
    ) throws -> Todo {
        try change(id, ifVersion, completed ? .completed : .reopened, origin) { todo in
            guard todo.completed != completed else { return }
            todo.completedAt = completed ? now : nil
        }
    }

    /// The todo as it last was.
    package func deleteTodo(_ id: Int, origin: ChangeOrigin, ifVersion: Int? = nil) throws -> Todo {
        let todo = try existing(id, ifVersion)
        try database.cachedStatement(sql: "DELETE FROM todo WHERE id = ?").execute(arguments: [id])
        counts.todos = counts.todos.map { $0 - 1 }
        try journal(.deleted, id, before: todo, after: nil, origin)
        return todo
    }

    private func existing(_ id: Int, _ ifVersion: Int?) throws -> Todo {
        guard let todo = try todo(id) else { throw StoreError.notFound(.task) }
        if let ifVersion, ifVersion != todo.version { throw StoreError.versionMismatch(current: todo.version) }
        return todo
    }

    private func change(
        _ id: Int, _ ifVersion: Int?, _ kind: ChangeKind, _ origin: ChangeOrigin, _ body: (inout Todo) -> Void
    ) throws -> Todo {
        let before = try existing(id, ifVersion)
        var after = before
        body(&after)
        guard after != before else { return before }
        after.updatedAt = now
        after.version += 1
        let statement = try database.cachedStatement(
            sql: """
                UPDATE todo SET title = ?, description = ?, priority = ?, tags = ?, due_at = ?, recurrence = ?,
                    updated_at = ?, completed_at = ?, version = ?, title_key = ?, description_key = ?
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            after.title, after.description, after.priority.rank, TodoRow.encode(tags: after.tags),
            after.dueAt?.milliseconds, after.recurrence, after.updatedAt.milliseconds,
            after.completedAt?.milliseconds, after.version, after.title.folded, after.description?.folded, id,
        ])
        try journal(kind, id, before: before, after: after, origin)
        return after
    }

    private func journal(
        _ kind: ChangeKind, _ taskID: Int, before: Todo?, after: Todo?, _ origin: ChangeOrigin
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO change (at, actor, turn_id, conversation_id, kind, task_id, before, after)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            now.milliseconds, origin.actor.rawValue, origin.turnID, origin.conversationID, kind.rawValue, taskID,
            before?.text, after?.text,
        ])
    }
}
