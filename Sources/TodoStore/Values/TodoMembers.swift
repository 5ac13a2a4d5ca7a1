package import JSON
package import Time

/// A JSON object that is written member by member: as bytes, or as a value.
protocol TodoMembers: ~Copyable {
    mutating func member(_ name: StaticString, _ value: Int)
    mutating func member(_ name: StaticString, _ value: Bool)
    mutating func member(_ name: StaticString, _ value: String)
    mutating func member(_ name: StaticString, _ value: [String])
    mutating func member(_ name: StaticString, _ value: Timestamp?)
    mutating func member(_ name: StaticString, _ value: (some JSONText)?)
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
