import GRDB
import Time
import TodoStore

extension SQLiteRows {
    func changes(before id: Int, limit: Int) throws -> [Change.Row] {
        try changes(where: "id < ? ORDER BY id DESC LIMIT ?", [id, limit])
    }

    func change(_ id: Int) throws -> Change.Row? { try changes(where: "id = ?", [id]).first }

    func changes(turn: Int) throws -> [Change.Row] { try changes(where: "turn_id = ? ORDER BY id", [turn]) }

    func changes(group leader: Int) throws -> [Change.Row] {
        try changes(where: "id = ?1 OR leader = ?1 ORDER BY id DESC", [leader])
    }

    func lastOpenChange() throws -> Change.Row? {
        try changes(where: "undone_by IS NULL AND NOT is_undo ORDER BY id DESC LIMIT 1", []).first
    }

    /// - Parameter condition: what follows WHERE.
    private func changes(where condition: String, _ arguments: StatementArguments) throws -> [Change.Row] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes,
                    is_undo, undone_by FROM change WHERE \(condition)
                    """),
            arguments: arguments
        ).map(Self.change)
    }

    private static func change(_ row: Row) throws -> Change.Row {
        guard let actor = Change.Actor(rawValue: try row.value("actor")),
            let kind = Change.Kind(rawValue: try row.value("kind"))
        else { throw StoreError.corrupt }
        return try Change.Row(
            id: row.value("id"), at: Timestamp(milliseconds: row.value("at")),
            origin: Change.Origin(
                actor: actor, turnID: row.value("turn_id"), conversationID: row.value("conversation_id")),
            kind: kind, taskID: row.value("task_id"), before: row.value("before"), after: row.value("after"),
            leader: row.value("leader"), undoes: row.value("undoes"), isUndo: row.value("is_undo"),
            undoneBy: row.value("undone_by"))
    }

    func changeMarks(turn: Int) throws -> [Change.Mark] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT id, kind, task_id, leader IS NOT NULL FROM change WHERE turn_id = ? ORDER BY id"),
            arguments: [turn]
        ).map { row in
            guard let kind = Change.Kind(rawValue: try row.value(1)) else { throw StoreError.corrupt }
            return try Change.Mark(
                id: row.value(0), change: Change.Effect(kind: kind, taskID: row.value(2)), isFollowUp: row.value(3))
        }
    }

    func insert(_ change: Change.Row) throws -> Int {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO change
                    (at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            change.at.milliseconds, change.origin.actor.rawValue, change.origin.turnID, change.origin.conversationID,
            change.kind.rawValue, change.taskID, change.before, change.after, change.leader, change.undoes,
            change.isUndo,
        ])
        return Int(database.lastInsertedRowID)
    }

    func setUndone(_ change: Int, by undo: Int) throws {
        try database.cachedStatement(sql: "UPDATE change SET undone_by = ? WHERE id = ?")
            .execute(arguments: [undo, change])
    }

    func oldestChange() throws -> (id: Int, at: Timestamp)? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT id, at FROM change ORDER BY id LIMIT 1")).map { row in
            (try row.value("id"), Timestamp(milliseconds: try row.value("at")))
        }
    }

    func firstChange(from start: Timestamp) throws -> Int? {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM change WHERE at >= ? ORDER BY id LIMIT 1"),
            arguments: [start.milliseconds])
    }

    func deleteChanges(below id: Int) throws {
        try database.cachedStatement(sql: "DELETE FROM change WHERE id < ?").execute(arguments: [id])
    }

    func deleteChanges(before end: Timestamp) throws -> Bool {
        try database.cachedStatement(sql: "DELETE FROM change WHERE at < ?").execute(arguments: [end.milliseconds])
        return database.changesCount > 0
    }
}
