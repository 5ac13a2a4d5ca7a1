import Foundation
import JSON
import ProviderKit
import TodoStore

/// Something the model may do to the list of the user it talks to. No tool takes a user id.
protocol Tool: Sendable {
    var definition: ToolDefinition { get }

    /// Checks the arguments as any client's input is checked, and does it.
    /// - Throws: `FieldErrors`, `StoreError` and `ToolFailure`, of which the model is told; others end the turn.
    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue
}

/// The one open transaction in which a tool's change, its journal entry and its result are stored together.
struct ToolContext {
    let transaction: UserTransaction
    let origin: ChangeOrigin
    /// The zone in which the user means times.
    let timeZone: TimeZone

    /// Does something to a task; that there is none is said with the tasks that may have been meant.
    func onTask<T>(_ id: Int?, _ body: (Int) throws -> T) throws -> T {
        let id = id ?? 0
        do {
            return try body(id)
        } catch StoreError.notFound(.task) {
            let pending = try transaction.todos(TodoQuery(status: .pending, sort: TodoSort(.id, descending: true)))
            // Unsigned, and so right for any two numbers: what a database holds is not ours to believe.
            func distance(_ todo: Todo) -> UInt { UInt(bitPattern: max(todo.id, id) &- min(todo.id, id)) }
            let nearest = pending.items.sorted { distance($0) < distance($1) }.prefix(5)
            throw ToolFailure(
                code: "not_found", message: "There is no task \(id).", suggestions: nearest.sorted { $0.id < $1.id })
        }
    }
}

extension FieldReader {
    /// The `limit` of a list.
    mutating func limit() -> Int {
        guard let limit = integer("limit") else { return 50 }
        if !(1...100).contains(limit) { fail("limit", "must be from 1 to 100") }
        return limit
    }
}

extension JSONValue {
    /// What a tool that changed one task answers.
    static func change(_ todo: Todo, _ status: String) -> JSONValue {
        ["task_id": .integer(todo.id), "status": .string(status), "title": .string(todo.title)]
    }
}
