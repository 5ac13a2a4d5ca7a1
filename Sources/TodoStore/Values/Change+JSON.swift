package import JSON
import Time

extension Change {
    /// The contract's shape of a change.
    package var json: JSONValue {
        var members: JSONObject = [
            "id": .integer(id), "at": .string(at.rfc3339), "actor": .string(actor.rawValue),
        ]
        members["turn_id"] = turnID.map { .integer($0) }
        members["conversation_id"] = conversationID.map { .integer($0) }
        members["kind"] = .string(kind.rawValue)
        members["task_id"] = .integer(taskID)
        members["before"] = before ?? .null
        members["after"] = after ?? .null
        members["undone_by"] = undoneBy.map { .integer($0) }
        return .object(members)
    }
}
