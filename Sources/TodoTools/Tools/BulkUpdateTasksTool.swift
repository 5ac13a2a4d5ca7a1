import JSON
import ProviderKit
import TodoStore

struct BulkUpdateTasksTool: Tool {
    let definition = ToolDefinition(
        name: "bulk_update_tasks",
        description: "Change several tasks",
        parameters: JSONSchema.arguments(
            [
                "action": JSONSchema.choice(BulkChange.Action.self, "What is done to each of them."),
                "task_ids": [
                    "type": "array", "items": JSONSchema.taskID, "minItems": 1, "maxItems": 1000,
                    "description": "The ids of the tasks.",
                ],
                "status": JSONSchema.choice(TodoQuery.Status.self, "All tasks with this status."),
                "priority": JSONSchema.choice(Priority.self, "With set_priority: the new priority."),
            ], required: ["action"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let change = BulkChange(fields: &arguments)
        let ids = arguments.taskIDs("task_ids")
        let status = arguments.choice("status", TodoQuery.Status.self)
        if arguments.errors.isEmpty, (ids == nil) == (status == nil) {
            arguments.fail("task_ids", "must be given, or status, but not both")
        }
        try arguments.finish()
        let wanted = try ids ?? context.transaction.todoIDs(change.action.concerned(status ?? .all))
        for id in wanted {
            _ = try context.onTask(id) { id in
                guard try context.transaction.todo(id) != nil else { throw StoreError.notFound(.task) }
            }
        }
        let todos = try context.transaction.bulk(
            change, wanted, origin: context.origin, timeZone: context.timeZone)
        return [
            "count": .integer(todos.count), "task_ids": .array(todos.map { .integer($0.id) }),
            "action": .string(change.action.rawValue),
        ]
    }
}
