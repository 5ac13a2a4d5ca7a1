package import JSON
package import Time

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

/// A JSON object that is written member by member: as bytes, or as a value.
protocol TodoMembers: ~Copyable {
    mutating func member(_ name: StaticString, _ value: Int)
    mutating func member(_ name: StaticString, _ value: Bool)
    mutating func member(_ name: StaticString, _ value: String)
    mutating func member(_ name: StaticString, _ value: [String])
    mutating func member(_ name: StaticString, _ value: Timestamp?)
    mutating func member(_ name: StaticString, _ value: (some JSONText)?)
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

extension JSONWriter: TodoMembers {
    mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        write(value)
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        write(value)
    }

    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        write(value)
    }

    mutating func member(_ name: StaticString, _ value: [String]) {
        self.name(name)
        beginArray()
        for element in value { write(element) }
        endArray()
    }

    mutating func member(_ name: StaticString, _ value: Timestamp?) {
        self.name(name)
        if let value { write(value) } else { writeNull() }
    }

    mutating func member(_ name: StaticString, _ value: (some JSONText)?) {
        self.name(name)
        if let value { value.write(to: &self) } else { writeNull() }
    }

    package mutating func write(_ timestamp: Timestamp) {
        write(plain: Timestamp.maximumLength) { timestamp.write(rfc3339: $0) }
    }

    mutating func write(_ text: String?) {
        if let text { write(text) } else { writeNull() }
    }
}

extension JSONObject: TodoMembers {
    mutating func member(_ name: StaticString, _ value: Int) { self["\(name)"] = .integer(value) }
    mutating func member(_ name: StaticString, _ value: Bool) { self["\(name)"] = .bool(value) }
    mutating func member(_ name: StaticString, _ value: String) { self["\(name)"] = .string(value) }

    mutating func member(_ name: StaticString, _ value: [String]) {
        self["\(name)"] = .array(value.map(JSONValue.string))
    }

    mutating func member(_ name: StaticString, _ value: Timestamp?) {
        self["\(name)"] = value.map { .string($0.rfc3339) } ?? .null
    }

    mutating func member(_ name: StaticString, _ value: (some JSONText)?) {
        self["\(name)"] = value.map { .string($0.string) } ?? .null
    }
}
