package import JSON
package import ProviderKit
import TodoStore

/// An operation on the tasks of one user that a model may call. No tool takes a user id.
package protocol Tool: Sendable {
    var definition: ToolDefinition { get }

    /// Whether a call may change tasks.
    var changesTasks: Bool { get }

    /// Checks the arguments as strictly as any client's input, and runs the tool.
    /// - Throws: `FieldErrors`, `StoreError` and `ToolFailure`, which are reported to the model; other errors end the call.
    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue
}

extension Tool {
    package var changesTasks: Bool { true }
}

extension FieldReader {
    /// The `limit` argument of a list.
    mutating func limit() -> Int {
        guard let limit = integer("limit") else { return 50 }
        if !(1...100).contains(limit) { fail("limit", "must be from 1 to 100") }
        return limit
    }
}

extension JSONValue {
    /// The result of a tool that changed one task.
    static func change(_ todo: Todo, _ status: String) -> JSONValue {
        ["task_id": .integer(todo.id), "status": .string(status), "title": .string(todo.title)]
    }
}
