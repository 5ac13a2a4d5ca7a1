import JSON
import ProviderKit
import TodoStore

struct ListTasksTool: Tool {
    let changesTasks = false

    let definition = ToolDefinition(
        name: "list_tasks", description: "List tasks",
        parameters: JSONSchema.arguments([
            "status": JSONSchema.choice(TodoQuery.Status.self, "Which tasks by whether they are done; default all."),
            "priority": JSONSchema.choice(Priority.self, "Only tasks of this priority."),
            "tag": JSONSchema.string("Only tasks with this tag."),
            "due_from": JSONSchema.string("Only tasks due at or after this date or time."),
            "due_to": JSONSchema.string("Only tasks due at or before this date or time."),
            "limit": JSONSchema.integer("How many at the most; default 50.", in: 1...100),
        ]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let query = TodoQuery(
            status: arguments.choice("status", TodoQuery.Status.self) ?? .all,
            priority: arguments.choice("priority", Priority.self),
            tags: arguments.string("tag").map { [$0] } ?? [],
            dueFrom: arguments.timestamp("due_from"), dueTo: arguments.timestamp("due_to"),
            limit: arguments.limit())
        try arguments.finish()
        return .array(try context.transaction.todos(query).items.map(\.json))
    }
}
