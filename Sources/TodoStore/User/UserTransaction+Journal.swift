import GRDB

extension UserTransaction {
    /// Enters a change, which belongs together with the others of this transaction. The id of the entry.
    @discardableResult
    func journal(
        _ kind: ChangeKind, _ taskID: Int, before: Todo?, after: Todo?, _ origin: ChangeOrigin,
        undoing undone: Change? = nil
    ) throws -> Int {
        // Here all that changes many tasks passes with each of them.
        try checkBudget()
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO change
                    (at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            now.milliseconds, origin.actor.rawValue, origin.turnID, origin.conversationID, kind.rawValue, taskID,
            before?.text, after?.text, leader, undone?.id, undone.map { !$0.isUndo } ?? false,
        ])
        let id = Int(database.lastInsertedRowID)
        // In a file that was made by hand.
        guard id > 0 else { throw StoreError.corrupt }
        if leader == nil {
            leader = id
            try forgetOldChanges(newest: id)
        }
        return id
    }

    /// Ids and times ascend together: what is to go is the beginning of the table.
    private func forgetOldChanges(newest: Int) throws {
        let cutoff = now.milliseconds - limits.retentionSeconds * 1000
        let oldest = try Row.fetchOne(database.cachedStatement(sql: "SELECT id, at FROM change ORDER BY id LIMIT 1"))
        guard let oldest, try oldest.value("id") <= newest - limits.changes || oldest.value("at") < cutoff else {
            return
        }
        let firstFresh = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM change WHERE at >= ? ORDER BY id LIMIT 1"),
            arguments: [cutoff])
        try database.cachedStatement(sql: "DELETE FROM change WHERE id < ?")
            .execute(arguments: [max(newest - limits.changes + 1, firstFresh ?? newest)])
    }
}
