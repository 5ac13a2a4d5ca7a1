import JSON
import TodoStore
import TodoTools

/// The JSON Schemas of the document's components, with the limits that requests are checked against.
enum Schemas {
    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    static func object(_ properties: JSONObject, required: [String]? = nil, isClosed: Bool = false) -> JSONValue {
        .object(JSONSchema.object(properties, required: required, isClosed: isClosed))
    }

    /// Returns an object whose members are all required.
    static func record(_ properties: JSONObject) -> JSONValue { object(properties, required: properties.names) }

    static func page(_ item: String) -> JSONValue {
        record(["items": JSONSchema.array(reference(item)), "next_cursor": ["type": ["string", "null"]]])
    }

    static let id = JSONSchema.integer(in: ItemID.range)
    static let time: JSONValue = ["type": "string", "format": "date-time"]
    static let optionalTime: JSONValue = ["type": ["string", "null"], "format": "date-time"]
    static let optionalString: JSONValue = ["type": ["string", "null"]]
    private static let string = JSONSchema.string()
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let anyObject: JSONValue = ["type": "object"]

    static let components: JSONObject = [
        "Task": task, "TaskDraft": draft, "TaskReplacement": replacement, "TaskPatch": patch, "Change": change,
        "Conversation": conversation, "Message": message, "ToolCall": toolCall, "ChatRequest": chatRequest,
        "ChatAnswer": chatAnswer, "Usage": usage, "BulkRequest": bulkRequest, "BulkAnswer": bulkAnswer,
        "ImportRow": importRow, "ImportReport": importReport, "Statistics": statistics, "Problem": problem,
    ]

    private static let task = record([
        "id": id, "title": JSONSchema.text(.title), "description": JSONSchema.text(.description, nullable: true),
        "completed": JSONSchema.boolean(), "priority": JSONSchema.choice(Priority.self), "tags": tags,
        "due_at": optionalTime,
        "recurrence": optionalString, "created_at": time, "updated_at": time, "completed_at": optionalTime,
        "version": id,
    ])

    private static let tags: JSONValue = [
        "type": "array", "items": JSONSchema.text(.tag), "maxItems": 20, "uniqueItems": true,
    ]

    /// Null means the default for all members except the title.
    private static let members: JSONObject = [
        "title": JSONSchema.text(.title), "description": JSONSchema.text(.description, nullable: true),
        "priority": ["enum": ["low", "medium", "high", nil]],
        "tags": ["type": ["array", "null"], "items": JSONSchema.text(.tag), "maxItems": 20, "uniqueItems": true],
        "due_at": optionalTime,
        "recurrence": [
            "type": ["string", "null"], "maxLength": 500,
            "description": "An RRULE of RFC 5545: FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH.",
        ],
    ]

    private static func members(and others: JSONObject) -> JSONObject {
        JSONObject((members.members + others.members).map { ($0.name, $0.value) })
    }

    private static let completed: JSONObject = ["completed": ["type": ["boolean", "null"]]]
    private static let draft = object(members, required: ["title"], isClosed: true)
    private static let replacement = object(members(and: completed), required: ["title"], isClosed: true)
    private static let patch = object(members(and: completed), isClosed: true)
    private static let importRow = object(
        members(and: [
            "completed": ["type": ["boolean", "null"]], "completed_at": optionalTime, "created_at": optionalTime,
            "updated_at": optionalTime, "id": ["type": ["integer", "null"]], "version": ["type": ["integer", "null"]],
        ]), required: ["title"], isClosed: true)

    private static let taskOrNothing: JSONValue = ["oneOf": [reference("Task"), ["type": "null"]]]

    private static let change = object(
        [
            "id": id, "at": time, "actor": JSONSchema.choice(Change.Actor.self), "turn_id": id, "conversation_id": id,
            "kind": JSONSchema.choice(Change.Kind.self), "task_id": id, "before": taskOrNothing, "after": taskOrNothing,
            "undone_by": id,
        ], required: ["id", "at", "actor", "kind", "task_id", "before", "after"])

    private static let conversation = record(["id": id, "title": string, "created_at": time, "updated_at": time])

    private static let message = object(
        [
            "id": id, "role": ["enum": ["user", "assistant"]], "content": string,
            "tool_calls": JSONSchema.array(reference("ToolCall")), "status": ["enum": ["complete", "incomplete"]],
            "created_at": time,
        ], required: ["id", "role", "content", "status", "created_at"])

    private static let toolCall = object(
        ["id": string, "tool": string, "arguments": anyObject, "result": [:]],
        required: ["id", "tool", "arguments", "result"])

    private static let chatRequest = object(
        [
            "conversation_id": [
                "type": ["integer", "null"], "minimum": .integer(ItemID.range.lowerBound),
                "maximum": .integer(ItemID.range.upperBound), "description": "Null starts a new one.",
            ],
            "message": JSONSchema.text(.message), "stream": ["type": ["boolean", "null"]],
            "confirm": [
                "type": ["boolean", "null"],
                "description": "Whether the user confirms the changes listed in the previous answer.",
            ],
        ], required: ["message"], isClosed: true)

    private static let chatAnswer = record([
        "conversation_id": id, "turn_id": id, "response": string, "tool_calls": JSONSchema.array(reference("ToolCall")),
        "provider": string, "model": string, "usage": ["oneOf": [reference("Usage"), ["type": "null"]]],
    ])

    private static let usage = object(
        ["input_tokens": count, "output_tokens": count, "cached_input_tokens": count, "cost": ["type": "number"]],
        required: ["input_tokens", "output_tokens"])

    private static let bulkRequest = object(
        [
            "action": JSONSchema.choice(BulkChange.Action.self),
            "ids": ["type": "array", "items": id, "minItems": 1, "maxItems": 1000],
            "priority": [
                "enum": ["low", "medium", "high", nil],
                "description": "Required for set_priority, and not allowed otherwise.",
            ],
        ], required: ["action", "ids"], isClosed: true)

    private static let bulkAnswer = record([
        "count": count, "task_ids": JSONSchema.array(id), "action": JSONSchema.choice(BulkChange.Action.self),
    ])

    private static let importReport = record([
        "imported": count, "rejected": JSONSchema.array(record(["row": id, "errors": JSONSchema.array(fieldError)])),
        "rejected_count": count,
    ])

    private static let statistics = record([
        "total": count, "pending": count, "completed": count, "overdue": count, "completed_this_week": count,
        "streak_days": count, "by_priority": record(["low": count, "medium": count, "high": count]),
    ])

    private static let fieldError = record(["field": string, "message": string])

    private static let problem = object(
        [
            "type": string, "title": string, "status": ["type": "integer"], "detail": string,
            "code": JSONSchema.choice(ProblemCode.self), "request_id": string, "errors": JSONSchema.array(fieldError),
        ], required: ["type", "title", "status", "detail", "code", "request_id"])
}
