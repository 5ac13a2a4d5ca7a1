package import JSON
import NIOCore
import Time

/// The members of a task, or of a row that is read where its backend has it.
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
    var string: String { get }

    func write(to writer: inout JSONWriter)
}

extension String: JSONText {
    var string: String { self }

    func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension TodoFields {
    /// The contract's shape of a task: the one list of its members and their order.
    func writeMembers(to object: inout some TodoMembers & ~Copyable) {
        object.member("id", id)
        object.member("title", Optional(title))
        object.member("description", description)
        object.member("completed", completedAt != nil)
        object.member("priority", priority.rawValue)
        object.member("tags", tags)
        object.member("due_at", dueAt)
        object.member("recurrence", recurrence)
        object.member("created_at", createdAt)
        object.member("updated_at", updatedAt)
        object.member("completed_at", completedAt)
        object.member("version", version)
    }

    func writeFields(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }
}

extension Todo: TodoFields {
    /// The contract's shape of a task.
    package func write(to writer: inout JSONWriter) { writeFields(to: &writer) }

    /// The contract's shape of a task.
    package var json: JSONValue {
        var members = JSONObject()
        writeMembers(to: &members)
        return .object(members)
    }

    /// `json` as text.
    var text: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(buffer: writer.buffer)
    }

    /// A task as the journal keeps it.
    /// - Throws: `StoreError.corrupt` for what `json` did not write.
    package init(stored json: JSONValue) throws(StoreError) {
        func timestamp(_ name: String) -> Timestamp? { json[name]?.string.flatMap { Timestamp(rfc3339: $0) } }
        guard let id = json["id"]?.integer, let title = json["title"]?.string,
            let priority = json["priority"]?.string.flatMap(Priority.init(rawValue:)),
            let tags = json["tags"]?.array, let createdAt = timestamp("created_at"),
            let updatedAt = timestamp("updated_at"), let version = json["version"]?.integer
        else { throw .corrupt }
        let texts = tags.compactMap(\.string)
        guard StoredRange.id.contains(id), StoredRange.version.contains(version), texts.count == tags.count else {
            throw .corrupt
        }
        self.init(
            id: id, title: title, description: json["description"]?.string, priority: priority,
            tags: texts, dueAt: timestamp("due_at"), recurrence: json["recurrence"]?.string,
            createdAt: createdAt, updatedAt: updatedAt, completedAt: timestamp("completed_at"), version: version)
    }
}
