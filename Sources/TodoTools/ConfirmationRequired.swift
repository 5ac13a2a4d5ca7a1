package import TodoStore

/// The error of a call that exceeds the change budget.
package struct ConfirmationRequired: Error {
    /// The code of the result that the model gets.
    package static let code = "confirmation_required"

    /// The number of tasks that the result names.
    private static let named = 20

    private let changes: [Change.Effect]
    private let caller: ToolCaller

    init(changes: [Change.Effect], caller: ToolCaller) {
        self.changes = changes
        self.caller = caller
    }

    /// Stores the question for the user, in a transaction after the one that was rolled back.
    ///
    /// - Parameter sentence: Returns what the user is told, for the number of tasks by kind of change.
    /// - Returns: The result for the model, which cannot confirm anything itself.
    package func ask(
        in transaction: UserTransaction, sentence: ([Change.Kind: Int]) -> String
    ) throws -> ToolFailure {
        let id = try transaction.askConfirmation(of: changes, by: caller)
        var ids: [Int] = []
        for change in changes where !ids.contains(change.taskID) && ids.count < Self.named { ids.append(change.taskID) }
        let isDeletion = changes.contains { $0.kind == .deleted }
        return ToolFailure(
            code: Self.code,
            message: """
                \(isDeletion ? "Deleting" : "Changing") so many tasks needs the user's own yes. Nothing was done. Say so in \
                one sentence: below your answer the user is shown the tasks and asked. Call again with the same arguments \
                once the user's next message has confirmed it.
                """,
            confirmation: ToolFailure.Confirmation(
                id: id, tasks: try ids.compactMap { try transaction.todo($0) },
                count: Set(changes.map(\.taskID)).count,
                userMessage: sentence(Dictionary(changes.map { ($0.kind, 1) }, uniquingKeysWith: +))))
    }
}
