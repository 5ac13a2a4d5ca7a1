package import JSON
package import Time

/// A merge patch of a todo, checked by the rules of `TodoDraft`.
package struct TodoPatch: Sendable, Hashable {
    package private(set) var title: FieldUpdate<String> = .keep
    package private(set) var description: FieldUpdate<String> = .keep
    package var priority: FieldUpdate<Priority> = .keep
    package private(set) var tags: FieldUpdate<[String]> = .keep
    package var dueAt: FieldUpdate<Timestamp> = .keep
    package private(set) var recurrence: FieldUpdate<String> = .keep

    /// Changes nothing, or the priority.
    package init(priority: Priority? = nil) {
        if let priority { self.priority = .set(priority) }
    }

    /// Reads the members that are there; errors are in `fields`, whose `finish()` decides whether the patch counts.
    package init(fields: inout FieldReader) {
        title = Self.update("title", &fields) { $0.requiredText("title", .title) }
        description = Self.update("description", &fields) { $0.text("description", .description) }
        priority = Self.update("priority", &fields) { $0.choice("priority", Priority.self) }
        tags = Self.update("tags", &fields) { $0.tags("tags") }
        dueAt = Self.update("due_at", &fields) { $0.timestamp("due_at") }
        recurrence = Self.update("recurrence", &fields) { $0.recurrence("recurrence") }
    }

    func apply(to todo: inout Todo) {
        todo.title = title.applied(to: todo.title, empty: todo.title)
        todo.description = description.applied(to: todo.description)
        todo.priority = priority.applied(to: todo.priority, empty: .medium)
        todo.tags = tags.applied(to: todo.tags, empty: [])
        todo.dueAt = dueAt.applied(to: todo.dueAt)
        todo.recurrence = recurrence.applied(to: todo.recurrence)
    }

    /// Absent keeps, null clears.
    private static func update<Value>(
        _ name: String, _ fields: inout FieldReader, _ read: (inout FieldReader) -> Value?
    ) -> FieldUpdate<Value> {
        guard fields.contains(name) else {
            // Reading it makes the name known to the reader, also where a title would be required.
            _ = fields.string(name)
            return .keep
        }
        return read(&fields).map(FieldUpdate.set) ?? .clear
    }
}
