import JSON
import ProviderKit
import TodoStore

struct AddTaskTool: Tool {
    let definition = ToolDefinition(
        name: "add_task", description: "Add a task",
        parameters: JSONSchema.arguments(JSONSchema.taskMembers(nullable: false), required: ["title"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let draft = TodoDraft(fields: &arguments)
        try arguments.finish()
        let todo = try context.transaction.addTodo(draft, origin: context.origin)
        return .change(todo, "created")
    }
}
