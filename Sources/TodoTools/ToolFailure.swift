package import JSON
import TodoStore

/// The failure of a call, in words that help the model to correct the call.
package struct ToolFailure: Error {
    let code: String
    let message: String
    var suggestions: [Todo] = []
    /// The question for the user: its id, some of the tasks, and their number.
    var confirmation: (id: Int, tasks: [Todo], count: Int)?

    /// The result that the model gets.
    package var result: JSONValue {
        var error: JSONObject = ["code": .string(code), "message": .string(message)]
        if !suggestions.isEmpty { error["suggestions"] = Self.named(suggestions) }
        if let confirmation {
            error["confirmation_id"] = .integer(confirmation.id)
            error["tasks"] = Self.named(confirmation.tasks)
            error["count"] = .integer(confirmation.count)
        }
        return ["error": .object(error)]
    }

    /// The call has exceeded the work that the store does in one transaction.
    package static let tooMuchWork = ToolFailure(
        code: "too_much_work", message: "This took too long, and nothing was changed; do it in smaller parts.")

    package static func malformedArguments(_ defect: String) -> ToolFailure {
        ToolFailure(code: "malformed_arguments", message: defect)
    }

    package static func tooManyCalls(limit: Int) -> ToolFailure {
        ToolFailure(code: "too_many_calls", message: "Only the first \(limit) calls of a message are run.")
    }

    private static func named(_ todos: [Todo]) -> JSONValue {
        .array(todos.map { ["id": .integer($0.id), "title": .string($0.title)] })
    }
}
