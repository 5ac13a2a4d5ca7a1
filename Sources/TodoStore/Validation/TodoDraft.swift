package import JSON
package import Time

/// The members of a task that a user decides on, checked: the one validation for routes, tools and import.
package struct TodoDraft: Sendable, Hashable {
    package private(set) var title: String
    package private(set) var description: String?
    package private(set) var priority: Priority
    package private(set) var tags: [String]
    package private(set) var dueAt: Timestamp?
    package private(set) var recurrence: String?

    /// Reads the members of a task; errors are in `fields`, whose `finish()` decides whether the draft counts.
    package init(fields: inout FieldReader) {
        title = fields.requiredText("title", .title) ?? ""
        description = fields.text("description", .description)
        priority = fields.choice("priority", Priority.self) ?? .medium
        tags = fields.tags("tags") ?? []
        dueAt = fields.timestamp("due_at")
        recurrence = fields.recurrence("recurrence")
    }

    package init(
        title: String, description: String? = nil, priority: Priority = .medium, tags: [String] = [],
        dueAt: Timestamp? = nil, recurrence: String? = nil
    ) throws(FieldErrors) {
        var fields = FieldReader([
            "title": .string(title),
            "description": description.map(JSONValue.string) ?? .null,
            "priority": .string(priority.rawValue),
            "tags": .array(tags.map(JSONValue.string)),
            "due_at": dueAt.map { .string($0.rfc3339) } ?? .null,
            "recurrence": recurrence.map(JSONValue.string) ?? .null,
        ])
        self.init(fields: &fields)
        try fields.finish()
    }

    /// Whether a task is one that the API would take, and would leave as it is.
    package static func accepts(_ todo: Todo) -> Bool {
        let draft = try? TodoDraft(
            title: todo.title, description: todo.description, priority: todo.priority, tags: todo.tags,
            dueAt: todo.dueAt, recurrence: todo.recurrence)
        guard let draft else { return false }
        return draft.title.utf8.elementsEqual(todo.title.utf8)
            && (draft.description ?? "").utf8.elementsEqual((todo.description ?? "").utf8)
            && draft.tags.elementsEqual(todo.tags) { $0.utf8.elementsEqual($1.utf8) }
            && draft.recurrence == todo.recurrence
    }

    /// Replaces all that the user decides on; id, times and completion stay.
    func apply(to todo: inout Todo) {
        todo.title = title
        todo.description = description
        todo.priority = priority
        todo.tags = tags
        todo.dueAt = dueAt
        todo.recurrence = recurrence
    }
}
