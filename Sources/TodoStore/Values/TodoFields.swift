package import JSON

/// What a task's JSON is written from: a task, or the row that it would be made of.
protocol TodoFields {
    associatedtype Text: JSONText

    var id: Int { get }
    var title: Text { get }
    var description: Text? { get }
    var priority: Priority { get }
    var tags: [String] { get }
    var dueAt: Timestamp? { get }
    var recurrence: Text? { get }
    var createdAt: Timestamp { get }
    var updatedAt: Timestamp { get }
    var completedAt: Timestamp? { get }
    var version: Int { get }
}

/// A text that can be written as JSON.
protocol JSONText {
    func write(to writer: inout JSONWriter)
}

extension String: JSONText {
    package func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension TodoFields {
    /// The contract's shape of a task.
    func writeFields(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("id")
        writer.write(id)
        writer.name("title")
        title.write(to: &writer)
        writer.name("description")
        writer.write(description)
        writer.name("completed")
        writer.write(completedAt != nil)
        writer.name("priority")
        writer.write(priority.rawValue)
        writer.name("tags")
        writer.beginArray()
        for tag in tags { writer.write(tag) }
        writer.endArray()
        writer.name("due_at")
        writer.write(dueAt)
        writer.name("recurrence")
        writer.write(recurrence)
        writer.name("created_at")
        writer.write(createdAt)
        writer.name("updated_at")
        writer.write(updatedAt)
        writer.name("completed_at")
        writer.write(completedAt)
        writer.name("version")
        writer.write(version)
        writer.endObject()
    }
}

extension JSONWriter {
    package mutating func write(_ timestamp: Timestamp) {
        write(plain: Timestamp.maximumLength) { timestamp.write(rfc3339: $0) }
    }

    fileprivate mutating func write(_ timestamp: Timestamp?) {
        if let timestamp { write(timestamp) } else { writeNull() }
    }

    mutating func write(_ text: (some JSONText)?) {
        if let text { text.write(to: &self) } else { writeNull() }
    }
}
