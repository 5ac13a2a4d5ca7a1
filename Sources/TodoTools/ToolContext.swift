package import Foundation
package import TodoStore

/// The open transaction of a call, in which its change, its journal entry and its result are stored together.
package struct ToolContext {
    package let transaction: UserTransaction
    package let caller: ToolCaller
    /// The time zone of the user.
    package let timeZone: TimeZone
    /// The reader of times as models write them.
    package let times: WrittenTimes

    package init(transaction: UserTransaction, caller: ToolCaller, timeZone: TimeZone, times: WrittenTimes) {
        self.transaction = transaction
        self.caller = caller
        self.timeZone = timeZone
        self.times = times
    }

    /// The origin of the call's changes in the journal.
    var origin: Change.Origin { caller.origin }

    /// Runs `body` with the id of a task.
    /// - Throws: For a task that does not exist, a `ToolFailure` that suggests the open tasks with the nearest ids.
    func onTask<T>(_ id: Int?, _ body: (Int) throws -> T) throws -> T {
        let id = id ?? 0
        do {
            return try body(id)
        } catch StoreError.notFound(.task) {
            let pending = try transaction.todos(
                TodoQuery(status: .pending, sort: TodoQuery.Sort(.id, descending: true)))
            // Unsigned, and so exact for any two ids, whatever a damaged database holds.
            func distance(_ todo: Todo) -> UInt { UInt(bitPattern: max(todo.id, id) &- min(todo.id, id)) }
            let nearest = pending.items.sorted { distance($0) < distance($1) }.prefix(5)
            throw ToolFailure(
                code: "not_found", message: "There is no task \(id).", suggestions: nearest.sorted { $0.id < $1.id })
        }
    }
}
