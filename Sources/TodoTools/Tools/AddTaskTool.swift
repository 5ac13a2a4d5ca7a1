import JSON
import ProviderKit
import TodoStore

struct AddTaskTool: Tool {
    let definition = ToolDefinition(
        name: "add_task", description: "Adds a task to the user's list.",
        parameters: JSONSchema.arguments(JSONSchema.taskMembers(nullable: false), required: ["title"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let draft = TodoDraft(fields: &arguments)
        try arguments.finish()
        let todo = try context.transaction.addTodo(draft, origin: context.origin)
        return .change(todo, "created")
    }
}
