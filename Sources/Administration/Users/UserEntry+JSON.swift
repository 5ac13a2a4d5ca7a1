import Identity
package import JSON
import Time
package import TodoStore

// Both ends of the admin socket have the same version, so each reads what the other writes.

extension UserEntry {
    package var json: JSONValue {
        [
            "hash": .string(hash), "user": user.map { .string($0.rawValue) } ?? .null,
            "created_at": .string(createdAt.rfc3339), "bytes": bytes.map { .integer($0) } ?? .null,
            "stamp": stamp.map { .string($0) } ?? .null,
        ]
    }

    /// Returns nil for JSON that `json` did not create.
    package init?(_ json: JSONValue) {
        guard let hash = json["hash"]?.string,
            let createdAt = json["created_at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        self.init(
            hash: hash, user: json["user"]?.string.flatMap { UserID($0) }, createdAt: createdAt,
            bytes: json["bytes"]?.integer, stamp: json["stamp"]?.string)
    }
}

extension UserSummary {
    package var json: JSONValue {
        [
            "created_at": .string(createdAt.rfc3339), "tasks": .integer(tasks),
            "conversations": .integer(conversations), "messages": .integer(messages), "changes": .integer(changes),
            "bytes": .integer(bytes), "schema": .integer(schema),
        ]
    }

    /// Returns nil for JSON that `json` did not create.
    package init?(_ json: JSONValue) {
        guard let createdAt = json["created_at"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
            let tasks = json["tasks"]?.integer, let conversations = json["conversations"]?.integer,
            let messages = json["messages"]?.integer, let changes = json["changes"]?.integer,
            let bytes = json["bytes"]?.integer, let schema = json["schema"]?.integer
        else { return nil }
        self.init(
            createdAt: createdAt, tasks: tasks, conversations: conversations, messages: messages, changes: changes,
            bytes: bytes, schema: schema)
    }
}
