package import JSON
import NIOCore

/// One task of a user, as it is stored.
package struct Todo: Sendable, Hashable {
    package let id: Int
    package internal(set) var title: String
    package internal(set) var description: String?
    package internal(set) var priority: Priority
    package internal(set) var tags: [String]
    package internal(set) var dueAt: Timestamp?
    /// An RRULE (RFC 5545).
    package internal(set) var recurrence: String?
    package let createdAt: Timestamp
    package internal(set) var updatedAt: Timestamp
    package internal(set) var completedAt: Timestamp?
    /// Grows with every change; what `ETag` says.
    package internal(set) var version: Int

    package var completed: Bool { completedAt != nil }
}

extension Todo {
    /// The contract's shape of a task.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("id")
        writer.write(id)
        writer.name("title")
        writer.write(title)
        writer.name("description")
        writer.write(description)
        writer.name("completed")
        writer.write(completed)
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

    /// The contract's shape of a task.
    package var json: JSONValue {
        [
            "id": .integer(id),
            "title": .string(title),
            "description": description.map(JSONValue.string) ?? .null,
            "completed": .bool(completed),
            "priority": .string(priority.rawValue),
            "tags": .array(tags.map(JSONValue.string)),
            "due_at": dueAt.map { .string($0.rfc3339) } ?? .null,
            "recurrence": recurrence.map(JSONValue.string) ?? .null,
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(updatedAt.rfc3339),
            "completed_at": completedAt.map { .string($0.rfc3339) } ?? .null,
            "version": .integer(version),
        ]
    }
}

extension Todo {
    /// `json` as text.
    var text: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(buffer: writer.buffer)
    }
}

extension JSONWriter {
    package mutating func write(_ timestamp: Timestamp) {
        write(plain: Timestamp.maximumLength) { timestamp.write(rfc3339: $0) }
    }

    mutating func write(_ timestamp: Timestamp?) {
        if let timestamp { write(timestamp) } else { writeNull() }
    }

    mutating func write(_ text: String?) {
        if let text { write(text) } else { writeNull() }
    }
}
