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

    /// The version after the next change.
    /// - Throws: `StoreError.corrupt` for a version that no number of changes can have led to.
    var nextVersion: Int {
        get throws(StoreError) {
            guard ItemID.range.contains(version) else { throw .corrupt }
            return version + 1
        }
    }
}

extension Todo: TodoFields {
    /// The contract's shape of a task.
    package func write(to writer: inout JSONWriter) { writeFields(to: &writer) }

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
