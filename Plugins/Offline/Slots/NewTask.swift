import JSON

/// A task to add.
struct NewTask: Sendable, Hashable {
    var title: String
    var slots = TaskSlots()

    /// The arguments of `add_task`.
    var arguments: JSONObject {
        var arguments: JSONObject = ["title": .string(title)]
        for member in slots.arguments.members { arguments[member.name] = member.value }
        return arguments
    }
}

/// The attributes of a task in a sentence, apart from its title.
struct TaskSlots: Sendable, Hashable {
    var description: String?
    var priority: Priority?
    var tags: [String] = []
    var due: DueDate?
    var recurrence: Recurrence?

    /// Returns these attributes, with missing ones taken from `other`.
    func filled(from other: TaskSlots) -> TaskSlots {
        var slots = self
        slots.description = description ?? other.description
        slots.priority = priority ?? other.priority
        slots.tags = (tags + other.tags).unique
        slots.due = due ?? other.due
        slots.recurrence = recurrence ?? other.recurrence
        return slots
    }

    var arguments: JSONObject {
        var arguments = JSONObject()
        if let description { arguments["description"] = .string(description) }
        if let priority { arguments["priority"] = .string(priority.rawValue) }
        if !tags.isEmpty { arguments["tags"] = .array(tags.map(JSONValue.string)) }
        if let due { arguments["due_at"] = .string(due.timestamp) }
        if let recurrence { arguments["recurrence"] = .string(recurrence.rule) }
        return arguments
    }
}
