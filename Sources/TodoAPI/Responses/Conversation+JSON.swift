import Assistant
package import JSON
import Time
package import TodoStore

extension Conversation {
    package var json: JSONValue {
        [
            "id": .integer(id), "title": .string(title), "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(updatedAt.rfc3339),
        ]
    }
}

extension StoredMessage {
    package var json: JSONValue {
        var members: JSONObject = [
            "id": .integer(id), "role": .string(role.rawValue), "content": .string(content),
        ]
        if !toolCalls.isEmpty { members["tool_calls"] = .array(toolCalls.map(\.json)) }
        members["status"] = .string(status.rawValue)
        members["created_at"] = .string(createdAt.rfc3339)
        return .object(members)
    }
}
