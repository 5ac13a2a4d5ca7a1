import JSON
import ProviderKit
import TodoStore

struct CompleteTaskTool: Tool {
    let definition = ToolDefinition(
        name: "complete_task", description: "Complete a task; false reopens it",
        parameters: JSONSchema.arguments(
            ["task_id": JSONSchema.taskID, "completed": JSONSchema.boolean("False reopens it; true is the default.")],
            required: ["task_id"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let id = arguments.requiredID("task_id")
        let completed = arguments.bool("completed") ?? true
        try arguments.finish()
        let todo = try context.onTask(id) {
            try context.transaction.setCompleted(
                $0, completed, origin: context.origin, timeZone: context.timeZone)
        }
        return .change(todo, completed ? "completed" : "reopened")
    }
}
