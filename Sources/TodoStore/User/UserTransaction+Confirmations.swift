import GRDB
import JSON

extension UserTransaction {
    /// The first change of this transaction; nil while it has made none.
    package var firstChange: Int? { leader }

    /// Keeps what a turn wanted to do and must not without the user's word. The id of the confirmation.
    package func askConfirmation(turn: Int, _ changes: [TaskChange]) throws -> Int {
        let body = JSONValue.array(changes.map { [.string($0.kind.rawValue), .integer($0.taskID)] })
        try database.cachedStatement(sql: "INSERT INTO confirmation (turn_id, changes) VALUES (?, ?)")
            .execute(arguments: [turn, body.text])
        return Int(database.lastInsertedRowID)
    }
}

extension UserReader {
    /// What the turn just before this one, in the same conversation, wanted to have confirmed.
    package func changesToConfirm(before turn: Turn) throws -> Set<TaskChange> {
        let bodies = try String.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT changes FROM confirmation WHERE turn_id =
                        (SELECT max(id) FROM turn WHERE conversation_id = ? AND id < ?)
                    """),
            arguments: [turn.conversationID, turn.id])
        var changes: Set<TaskChange> = []
        for body in bodies {
            for change in try StoredJSON.parse(body).array ?? [] {
                guard let pair = change.array, pair.count == 2, let id = pair[1].integer,
                    let kind = pair[0].string.flatMap(ChangeKind.init(rawValue:))
                else { throw StoreError.corrupt }
                changes.insert(TaskChange(kind: kind, taskID: id))
            }
        }
        return changes
    }

    /// The entries of a turn in the journal, oldest first.
    package func changeMarks(turn: Int) throws -> [ChangeMark] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT id, kind, task_id, leader IS NOT NULL FROM change WHERE turn_id = ? ORDER BY id"),
            arguments: [turn]
        ).map { row in
            guard let kind = ChangeKind(rawValue: try row.value(1)) else { throw StoreError.corrupt }
            return try ChangeMark(
                id: row.value(0), change: TaskChange(kind: kind, taskID: row.value(2)), isFollowUp: row.value(3))
        }
    }

    /// The ids of all todos with a status.
    package func todoIDs(_ status: TodoQuery.Status) throws -> [Int] {
        let isCompleted: Bool? =
            switch status {
            case .all: nil
            case .pending: false
            case .completed: true
            }
        return try Int.fetchAll(
            database.cachedStatement(
                sql: "SELECT id FROM todo WHERE ?1 IS NULL OR (completed_at IS NOT NULL) = ?1 ORDER BY id"),
            arguments: [isCompleted])
    }
}
