import TodoStore

/// What a turn may change without the user's own word: one deletion, and `maximum` changes in all.
///
/// It looks at what a call has entered in the journal, not at which tool was called: no tool can get around it, and a
/// resumed turn counts on. The call's transaction is rolled back when it went too far.
struct ChangeBudget: Sendable {
    let maximum: Int
    /// What the user has confirmed with the request of this turn.
    let confirmed: Set<TaskChange>

    static let deletions = 1

    /// - Throws: `ConfirmationNeeded`, or `ToolFailure` where there is nothing to confirm.
    func check(turn: Int, in transaction: UserTransaction) throws {
        guard let first = transaction.firstChange else { return }
        let marks = try transaction.changeMarks(turn: turn)
        let counted = marks.filter { !$0.isConsequence && !confirmed.contains($0.change) }
        let deletions = counted.filter { $0.change.kind == .deleted }.count
        guard deletions > Self.deletions || counted.count > maximum else { return }
        let wanted = marks.filter { $0.id >= first && !$0.isConsequence }.map(\.change)
        guard wanted.contains(where: { $0.kind != .created }) else {
            throw ToolFailure(
                code: "too_many_changes",
                message: "One request of the user may change \(maximum) tasks at most; ask whether to go on.")
        }
        throw ConfirmationNeeded(changes: wanted)
    }
}

extension ChangeMark {
    /// The server made the next occurrence of a recurring task, or brought a deleted one back.
    fileprivate var isConsequence: Bool { isFollowUp && change.kind == .created }
}

/// A call went further than the user has allowed.
struct ConfirmationNeeded: Error {
    let changes: [TaskChange]

    /// The result that the model gets.
    static let code = "confirmation_required"

    /// Tasks that are named to the user.
    private static let named = 20

    /// Keeps the question and says it to the model, which cannot answer it.
    func ask(turn: Int, in transaction: UserTransaction) throws -> ToolFailure {
        let id = try transaction.askConfirmation(turn: turn, changes)
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
            confirmation: (id, try ids.compactMap { try transaction.todo($0) }, Set(changes.map(\.taskID)).count))
    }
}
