package import TodoStore

/// The changes that a caller may make without the user's confirmation: one deletion, and `maximum` changes in all. After a
/// confirmation, no call deletes only other tasks.
///
/// The budget counts journal entries, not calls: no tool can bypass it, and an interrupted caller that is resumed continues
/// with what is left. The caller rolls back the transaction of a call that exceeds the budget.
package struct ChangeBudget: Sendable {
    package static let deletions = 1

    private let caller: ToolCaller
    private let maximum: Int
    private let confirmed: Set<Change.Effect>

    /// - Parameter confirmed: The changes that the user has confirmed, which do not count.
    package init(of caller: ToolCaller, maximum: Int, confirmed: Set<Change.Effect>) {
        self.caller = caller
        self.maximum = maximum
        self.confirmed = confirmed
    }

    /// Checks the changes that the transaction has made so far.
    /// - Throws: `ConfirmationRequired`, or `ToolFailure` where confirmation is not possible.
    package func check(_ transaction: UserTransaction) throws {
        guard let first = transaction.firstChange else { return }
        let marks = try transaction.changeMarks(of: caller)
        let counted = marks.filter { !$0.isConsequence && !confirmed.contains($0.change) }
        let deletions = counted.filter { $0.change.kind == .deleted }.count
        let own = counted.filter { $0.id >= first }
        if !confirmed.isEmpty, own.contains(where: { $0.change.kind == .deleted }),
            !marks.contains(where: { mark in
                mark.id >= first && confirmed.contains(mark.change)
            })
        {
            throw ToolFailure.notAskedFor("The user has confirmed other changes, and this was not one of them.")
        }
        guard deletions > Self.deletions || counted.count > maximum else { return }
        let wanted = marks.filter { $0.id >= first && !$0.isConsequence }.map(\.change)
        guard wanted.contains(where: { $0.kind != .created }) else {
            throw ToolFailure(
                code: "too_many_changes",
                message: "One request of the user may change \(maximum) tasks at most; ask whether to go on.")
        }
        throw ConfirmationRequired(changes: wanted, caller: caller)
    }
}

extension Change.Mark {
    /// Whether the server made the change itself: the next occurrence of a recurring task, or the return of a deleted one.
    fileprivate var isConsequence: Bool { isFollowUp && change.kind == .created }
}
