import JSON
import TodoStore

/// The JSON Schemas of tool arguments, in the few shapes that our tools need.
enum Schema {
    /// An object that refuses every member it does not name.
    static func object(_ properties: JSONObject, required: [String] = []) -> JSONObject {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(required.map { .string($0) }), "additionalProperties": false,
        ]
    }

    static func string(_ description: String, maxLength: Int? = nil) -> JSONValue {
        var schema: JSONObject = ["type": "string", "description": .string(description)]
        if let maxLength { schema["maxLength"] = .integer(maxLength) }
        return .object(schema)
    }

    static func integer(_ description: String, in range: ClosedRange<Int>) -> JSONValue {
        [
            "type": "integer", "description": .string(description), "minimum": .integer(range.lowerBound),
            "maximum": .integer(range.upperBound),
        ]
    }

    static func boolean(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }

    static func choice<T: RawRepresentable<String> & CaseIterable>(_ type: T.Type, _ description: String) -> JSONValue {
        [
            "type": "string", "description": .string(description),
            "enum": .array(T.allCases.map { .string($0.rawValue) }),
        ]
    }

    static let taskID = integer("The id of the task, as every list shows it.", in: ItemID.range)

    /// The members of a task that a model may set. `nullable`: null clears.
    static func taskMembers(nullable: Bool) -> JSONObject {
        let members: JSONObject = [
            "title": string("What is to be done, in the user's words.", maxLength: 200),
            "description": string("More about it.", maxLength: 1000),
            "priority": choice(Priority.self, "How important it is."),
            "tags": ["type": "array", "items": ["type": "string"], "maxItems": 20],
            "due_at": string("When it is due: RFC 3339 with an offset, such as 2026-11-24T17:00:00+01:00."),
            "recurrence": string("An RRULE of RFC 5545 without the prefix, such as FREQ=WEEKLY;BYDAY=MO."),
        ]
        guard nullable else { return members }
        return JSONObject(
            members.members.map { member in
                guard ["description", "due_at", "recurrence"].contains(member.name),
                    var schema = member.value.object
                else { return (member.name, member.value) }
                schema["type"] = ["string", "null"]
                return (member.name, .object(schema))
            })
    }
}
