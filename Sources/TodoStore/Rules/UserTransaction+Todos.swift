package import Foundation
package import Time

extension UserTransaction {
    /// - Parameter completedAt: for an imported task that was completed elsewhere.
    package func addTodo(_ draft: TodoDraft, completedAt: Timestamp? = nil, origin: Change.Origin) throws -> Todo {
        let todo = try insert(Todo(draft, completedAt: completedAt, at: now), id: nil)
        try journal(.created, todo.id, before: nil, after: todo, origin)
        return todo
    }

    /// A patch that changes nothing leaves the version as it is. `ifVersion`: only where it has one of these versions.
    package func updateTodo(
        _ id: Int, _ patch: TodoPatch, origin: Change.Origin, ifVersion: Set<Int>? = nil
    ) throws -> Todo {
        try update(existing(id, ifVersion), patch, origin)
    }

    func update(_ todo: Todo, _ patch: TodoPatch, _ origin: Change.Origin) throws -> Todo {
        try change(todo, .updated, origin) { patch.apply(to: &$0) }
    }

    /// Replaces all that a draft has; id, creation and completion stay.
    package func replaceTodo(
        _ id: Int, _ draft: TodoDraft, origin: Change.Origin, ifVersion: Set<Int>? = nil
    ) throws -> Todo {
        try change(existing(id, ifVersion), .updated, origin) { draft.apply(to: &$0) }
    }

    /// Sets, never toggles: done twice, it changes nothing the second time.
    ///
    /// A recurring task hands its rule on to its next occurrence: reopened and completed again, it makes no second one.
    package func setCompleted(
        _ id: Int, _ completed: Bool, origin: Change.Origin, timeZone: TimeZone, ifVersion: Set<Int>? = nil
    ) throws -> Todo {
        try setCompleted(existing(id, ifVersion), completed, origin, timeZone)
    }

    func setCompleted(
        _ before: Todo, _ completed: Bool, _ origin: Change.Origin, _ timeZone: TimeZone
    ) throws -> Todo {
        guard before.completed != completed else { return before }
        let next = completed ? nextOccurrence(of: before, timeZone) : nil
        let after = try change(before, completed ? .completed : .reopened, origin) { todo in
            todo.completedAt = completed ? now : nil
            if next != nil { todo.recurrence = nil }
        }
        if let next {
            let todo = try insert(next, id: nil)
            try journal(.created, todo.id, before: nil, after: todo, origin)
        }
        return after
    }

    private func nextOccurrence(of todo: Todo, _ timeZone: TimeZone) -> Todo? {
        guard let rule = todo.recurrence.flatMap({ try? RecurrenceRule($0) }),
            let next = rule.next(after: todo.dueAt, now: now, timeZone: timeZone)
        else { return nil }
        var occurrence = todo
        occurrence.dueAt = next.due
        occurrence.recurrence = next.rule.text
        occurrence.createdAt = now
        occurrence.updatedAt = now
        occurrence.completedAt = nil
        occurrence.version = 1
        return occurrence
    }

    /// The task as it last was.
    package func deleteTodo(_ id: Int, origin: Change.Origin, ifVersion: Set<Int>? = nil) throws -> Todo {
        try delete(existing(id, ifVersion), origin)
    }

    func delete(_ todo: Todo, _ origin: Change.Origin) throws -> Todo {
        try rows.delete(todo)
        try journal(.deleted, todo.id, before: todo, after: nil, origin)
        return todo
    }

    /// Stores the task within the quotas, with `id` or with one that was never used.
    func insert(_ todo: Todo, id: Int?) throws -> Todo {
        guard try rows.todoCount() < limits.tasks else { throw StoreError.quotaExceeded(.tasks) }
        try requireRoom()
        return todo.with(id: try rows.insert(todo, id: id))
    }

    private func existing(_ id: Int, _ ifVersion: Set<Int>?) throws -> Todo {
        guard let todo = try todo(id) else { throw StoreError.notFound(.task) }
        if let ifVersion, !ifVersion.contains(todo.version) { throw StoreError.versionMismatch(current: todo.version) }
        return todo
    }

    private func change(
        _ before: Todo, _ kind: Change.Kind, _ origin: Change.Origin, _ body: (inout Todo) -> Void
    ) throws -> Todo {
        var after = before
        body(&after)
        guard after != before else { return before }
        after.updatedAt = now
        after.version = try before.nextVersion
        try rows.update(after, from: before)
        try journal(kind, after.id, before: before, after: after, origin)
        return after
    }
}
