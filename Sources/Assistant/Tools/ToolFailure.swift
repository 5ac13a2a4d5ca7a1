import JSON
import TodoStore

/// A failed call as the model is told of it, in words that help it to mend the call.
struct ToolFailure: Error {
    let code: String
    let message: String
    var suggestions: [Todo] = []
    /// What the user is asked: its id, some of the tasks, and how many there are.
    var confirmation: (id: Int, tasks: [Todo], count: Int)?

    var result: JSONValue {
        var error: JSONObject = ["code": .string(code), "message": .string(message)]
        if !suggestions.isEmpty { error["suggestions"] = Self.named(suggestions) }
        if let confirmation {
            error["confirmation_id"] = .integer(confirmation.id)
            error["tasks"] = Self.named(confirmation.tasks)
            error["count"] = .integer(confirmation.count)
        }
        return ["error": .object(error)]
    }

    private static func named(_ todos: [Todo]) -> JSONValue {
        .array(todos.map { ["id": .integer($0.id), "title": .string($0.title)] })
    }
}
