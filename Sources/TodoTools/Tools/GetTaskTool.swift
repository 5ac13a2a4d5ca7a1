import JSON
import ProviderKit
import TodoStore

struct GetTaskTool: Tool {
    let changesTasks = false

    let definition = ToolDefinition(
        name: "get_task", description: "Show a task",
        parameters: JSONSchema.arguments(["task_id": JSONSchema.taskID], required: ["task_id"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let id = arguments.requiredID("task_id")
        try arguments.finish()
        return try context.onTask(id) { id in
            guard let todo = try context.transaction.todo(id) else { throw StoreError.notFound(.task) }
            return todo
        }.json
    }
}
