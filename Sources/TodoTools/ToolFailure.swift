package import JSON
package import TodoStore

/// The failure of a call, in words that help the model to correct the call.
package struct ToolFailure: Error {
    let code: String
    let message: String
    var suggestions: [Todo] = []
    var confirmation: Confirmation?

    /// The question for the user.
    struct Confirmation {
        let id: Int
        /// Some of the tasks.
        let tasks: [Todo]
        let count: Int
        /// A sentence for the user, in contrast to `message`, which is for the model.
        let userMessage: String
    }

    /// The result that the model gets.
    package var result: JSONValue {
        var error: JSONObject = ["code": .string(code), "message": .string(message)]
        if !suggestions.isEmpty { error["suggestions"] = Self.named(suggestions) }
        if let confirmation {
            error["confirmation_id"] = .integer(confirmation.id)
            error["tasks"] = Self.named(confirmation.tasks)
            error["count"] = .integer(confirmation.count)
            error["user_message"] = .string(confirmation.userMessage)
        }
        return ["error": .object(error)]
    }

    /// The call has exceeded the work that the store does in one transaction.
    package static let tooMuchWork = ToolFailure(
        code: "too_much_work", message: "This took too long, and nothing was changed; do it in smaller parts.")

    /// A call that contradicts the user's own words.
    package static func notAskedFor(_ reason: String) -> ToolFailure {
        ToolFailure(code: "not_asked_for", message: reason)
    }

    /// A call with the id of a task that the caller cannot have seen.
    ///
    /// - Parameter message: The user's words, of which the tasks that are suggested share some.
    package static func unseenTask(_ id: Int, for message: String, in transaction: UserTransaction) throws
        -> ToolFailure
    {
        ToolFailure(
            code: "unseen_id",
            message: """
                Nothing was done: neither the user nor a result has named task \(id). Take the id of the task that the user \
                means from the suggestions or from search_tasks, and call again; if several fit, ask the user.
                """, suggestions: try transaction.tasksLike(message, limit: mostSuggestions))
    }

    /// An undo of a change that the caller cannot have seen.
    package static func unseenChange(_ id: Int) -> ToolFailure {
        ToolFailure(
            code: "unseen_id",
            message: """
                Nothing was done: neither the user nor a result has named change \(id). To take back the last request, call \
                undo without arguments.
                """)
    }

    private static let mostSuggestions = 10

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
