import JSON
import ProviderKit
import TodoStore

struct UpdateTaskTool: Tool {
    let definition = ToolDefinition(
        name: "update_task",
        description: "Change a task; null clears",
        parameters: JSONSchema.arguments(
            JSONObject(
                [("task_id", JSONSchema.taskID)]
                    + JSONSchema.taskMembers(nullable: true).members.map { ($0.name, $0.value) }),
            required: ["task_id"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let id = arguments.requiredID("task_id")
        let patch = TodoPatch(fields: &arguments)
        try arguments.finish()
        let todo = try context.onTask(id) {
            try context.transaction.updateTodo($0, patch, origin: context.origin)
        }
        return .change(todo, "updated")
    }
}
