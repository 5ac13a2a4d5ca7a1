import JSON
import ProviderKit
import TodoStore

struct DeleteTaskTool: Tool {
    let definition = ToolDefinition(
        name: "delete_task", description: "Delete a task",
        parameters: JSONSchema.arguments(["task_id": JSONSchema.taskID], required: ["task_id"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let id = arguments.requiredID("task_id")
        try arguments.finish()
        let todo = try context.onTask(id) {
            try context.transaction.deleteTodo($0, origin: context.origin)
        }
        return .change(todo, "deleted")
    }
}
