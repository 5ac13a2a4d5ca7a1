import JSON
import TodoStore
import TodoTools

/// The operations of the table of routes.
extension Operation {
    private static func reference(_ name: String) -> Content { .json(Schemas.reference(name)) }

    static let chat = Operation(
        id: "chat", summary: "Talk to the assistant.", parameters: [.idempotencyKey], body: reference("ChatRequest"),
        answer: Content(schemas: [
            ("application/json", Schemas.reference("ChatAnswer")), ("text/event-stream", ["type": "string"]),
        ]))
    static let listConversations = Operation(
        id: "listConversations", summary: "Conversations, newest updated first.",
        parameters: [
            .init(
                name: "search", description: "Words of the title or of the messages.",
                schema: ["type": "string", "minLength": 1, "maxLength": 200]),
            .limit, .cursor,
        ], answer: .json(Schemas.page("Conversation")))
    static let renameConversation = Operation(
        id: "renameConversation", summary: "Give a conversation another title.",
        body: .json(Schemas.object(["title": JSONSchema.text(.title)], required: ["title"], isClosed: true)),
        answer: reference("Conversation"))
    static let deleteConversation = Operation(
        id: "deleteConversation", summary: "Delete a conversation; its changes of tasks stay.", status: 204)
    static let listMessages = Operation(
        id: "listMessages", summary: "Messages of a conversation, oldest first.", parameters: [.limit, .cursor],
        answer: .json(Schemas.page("Message")))

    static let listTasks = Operation(
        id: "listTasks", summary: "Tasks that match.", parameters: taskFilters + [.limit, .cursor],
        answer: .json(Schemas.page("Task")))
    static let createTask = Operation(
        id: "createTask", summary: "Add a task.", parameters: [.idempotencyKey], body: reference("TaskDraft"),
        status: 201,
        answer: reference("Task"))
    static let getTask = Operation(id: "getTask", summary: "One task.", answer: reference("Task"))
    static let replaceTask = Operation(
        id: "replaceTask", summary: "Replace a task.", parameters: [.ifMatch], body: reference("TaskReplacement"),
        answer: reference("Task"))
    static let updateTask = Operation(
        id: "updateTask", summary: "Change members of a task; null clears.", parameters: [.ifMatch],
        body: Content(schemas: [
            ("application/json", Schemas.reference("TaskPatch")),
            ("application/merge-patch+json", Schemas.reference("TaskPatch")),
        ]), answer: reference("Task"))
    static let deleteTask = Operation(
        id: "deleteTask", summary: "Delete a task.", parameters: [.ifMatch], status: 204)
    static let completeTask = Operation(
        id: "completeTask", summary: "Complete or reopen a task.", parameters: [.ifMatch],
        body: .json(Schemas.object(["completed": ["type": ["boolean", "null"]]], isClosed: true)), requiresBody: false,
        answer: reference("Task"))

    static let bulk = Operation(
        id: "bulkUpdateTasks", summary: "Change several tasks, all or none.", parameters: [.idempotencyKey],
        body: reference("BulkRequest"), answer: reference("BulkAnswer"))
    static let statistics = Operation(
        id: "getStatistics", summary: "Counts of all tasks.", answer: reference("Statistics"))
    static let exportTasks = Operation(
        id: "exportTasks", summary: "All tasks as a file.",
        parameters: [.init(name: "format", description: "Default json.", schema: JSONSchema.choice(ExportFormat.self))],
        answer: Content(schemas: [
            ("application/json", JSONSchema.array(Schemas.reference("Task"))), ("text/csv", ["type": "string"]),
            ("text/calendar", ["type": "string"]),
        ]))
    static let importTasks = Operation(
        id: "importTasks", summary: "Add the good rows, and tell of the others.", parameters: [.idempotencyKey],
        body: Content(schemas: [
            ("application/json", JSONSchema.array(Schemas.reference("ImportRow"))), ("text/csv", ["type": "string"]),
        ]), answer: reference("ImportReport"))

    static let listChanges = Operation(
        id: "listChanges", summary: "The journal, newest first.", parameters: [.limit, .cursor],
        answer: .json(Schemas.page("Change")))
    static let undo = Operation(
        id: "undo",
        summary: "Take back a change with all that were made together with it, a turn, or the last that still stands.",
        parameters: [.idempotencyKey],
        body: .json(
            Schemas.object(
                ["change_id": ["type": ["integer", "null"]], "turn_id": ["type": ["integer", "null"]]], isClosed: true)),
        requiresBody: false, answer: .json(Schemas.record(["undone": JSONSchema.array(Schemas.reference("Change"))])))

    private static let taskFilters: [Parameter] = [
        .init(name: "status", description: "Default all.", schema: JSONSchema.choice(TodoQuery.Status.self)),
        .init(name: "priority", description: "The priority.", schema: JSONSchema.choice(Priority.self)),
        .init(
            name: "tag", description: "The required tags, ignoring case.",
            schema: ["type": "array", "items": ["type": "string"], "maxItems": 20]),
        .init(name: "due_from", description: "Due at or after.", schema: Schemas.time),
        .init(name: "due_to", description: "Due at or before.", schema: Schemas.time),
        .init(
            name: "search", description: "Words of the title, the description or the tags.",
            schema: ["type": "string", "minLength": 1, "maxLength": 200]),
        .init(
            name: "sort", description: "The member to sort by (default: id); a leading - means descending.",
            schema: [
                "type": "string",
                "enum": .array(
                    TodoQuery.Sort.Field.allCases.flatMap { [.string($0.rawValue), .string("-\($0.rawValue)")] }),
            ]),
    ]
}
