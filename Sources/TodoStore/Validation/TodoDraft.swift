package import JSON
package import Time

/// The validated members of a todo, for routes, tools and imports.
package struct TodoDraft: Sendable, Hashable {
    package private(set) var title: String
    package private(set) var description: String?
    package private(set) var priority: Priority
    package private(set) var tags: [String]
    package private(set) var dueAt: Timestamp?
    package private(set) var recurrence: String?

    /// Reads the members of a task; errors are collected in `fields`, and thrown by its `finish()`.
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
}
