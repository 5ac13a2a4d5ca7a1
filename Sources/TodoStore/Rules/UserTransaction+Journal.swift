import Time

extension UserTransaction {
    /// Enters a change, which belongs together with the others of this transaction. The id of the entry.
    @discardableResult
    func journal(
        _ kind: Change.Kind, _ taskID: Int, before: Todo?, after: Todo?, _ origin: Change.Origin,
        undoing undone: Change? = nil
    ) throws -> Int {
        // Every operation on many tasks comes here with each of them.
        try rows.checkBudget()
        let id = try rows.insert(
            Change.Row(
                id: 0, at: now, origin: origin, kind: kind, taskID: taskID, before: before?.text, after: after?.text,
                leader: leader, undoes: undone?.id, isUndo: undone.map { !$0.isUndo } ?? false, undoneBy: nil))
        // In a file that was made by hand.
        guard id > 0 else { throw StoreError.corrupt }
        if leader == nil {
            leader = id
            try forgetOldChanges(newest: id)
        }
        return id
    }

    /// Ids and times ascend together: the oldest entries are the beginning of the journal.
    private func forgetOldChanges(newest: Int) throws {
        guard let oldest = try rows.oldestChange(), oldest.id <= newest - limits.changes || oldest.at < cutoff else {
            return
        }
        let firstFresh = try rows.firstChange(from: cutoff)
        try rows.deleteChanges(below: max(newest - limits.changes + 1, firstFresh ?? newest))
    }
}
