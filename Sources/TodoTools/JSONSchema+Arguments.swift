import JSON
import TodoStore

/// The schemas that the arguments of several tools share.
extension JSONSchema {
    /// The arguments of a tool: an object without other members.
    static func arguments(_ properties: JSONObject, required: [String] = []) -> JSONObject {
        object(properties, required: required, isClosed: true)
    }

    static let taskID = integer("The id of the task, as every list shows it.", in: ItemID.range)

    /// The members of a task that a model may set.
    /// - Parameter nullable: Whether null clears an optional member.
    static func taskMembers(nullable: Bool) -> JSONObject {
        let members: JSONObject = [
            "title": string("What is to be done, in the user's words.", maxLength: 200),
            "description": string("More about it.", maxLength: 1000),
            "priority": choice(Priority.self, "How important it is."),
            "tags": ["type": "array", "items": ["type": "string"], "maxItems": 20],
            "due_at": string("When it is due: a date, a local time, or the user's own words for either."),
            "recurrence": string("How often it comes again: daily, weekly, monthly, yearly, or an RRULE of RFC 5545."),
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
