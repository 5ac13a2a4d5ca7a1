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

    /// The user is shown, in the answer that is stored with this, what the turn wanted: the next message may say yes to it.
    package func markAsked(turn: Int) throws {
        try database.cachedStatement(sql: "UPDATE confirmation SET asked = 1 WHERE turn_id = ?")
            .execute(arguments: [turn])
    }
}

extension UserReader {
    /// What the turn just before this one, in the same conversation, has asked its user about; nothing where its answer
    /// with the question was not stored.
    package func changesToConfirm(before turn: Turn) throws -> Set<TaskChange> {
        let asked = try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT turn_id FROM confirmation WHERE asked AND turn_id =
                        (SELECT max(id) FROM turn WHERE conversation_id = ? AND id < ?) LIMIT 1
                    """),
            arguments: [turn.conversationID, turn.id])
        return try asked.map { Set(try wantedChanges(turn: $0)) } ?? []
    }

    /// What a turn wanted to change, had to ask its user for and has not done in another way, in the order in which it
    /// came up.
    package func wantedChanges(turn: Int) throws -> [TaskChange] {
        let bodies = try String.fetchAll(
            database.cachedStatement(sql: "SELECT changes FROM confirmation WHERE turn_id = ? ORDER BY id"),
            arguments: [turn])
        guard !bodies.isEmpty else { return [] }
        var known = Set(try changeMarks(turn: turn).map(\.change))
        var changes: [TaskChange] = []
        for body in bodies {
            for change in try StoredJSON.parse(body).array ?? [] {
                guard let pair = change.array, pair.count == 2, let id = pair[1].integer,
                    let kind = pair[0].string.flatMap(ChangeKind.init(rawValue:))
                else { throw StoreError.corrupt }
                let change = TaskChange(kind: kind, taskID: id)
                if known.insert(change).inserted { changes.append(change) }
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
