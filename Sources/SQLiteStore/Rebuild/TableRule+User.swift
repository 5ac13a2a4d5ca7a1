import GRDB
import JSON
import Time
import TodoStore

extension TableRule {
    /// The tables of a user's database in the order in which they refer to each other, without those of which nothing is
    /// taken over: what waits for a confirmation is the word of whoever wrote the file, not of the user.
    static let ofUser = [TodoRow.rule, change, conversation, turn, message, step, idempotency]

    static let id = ColumnRule.integer(StoredRange.id)
    static let time = ColumnRule.integer(StoredRange.time)
    static let title = ColumnRule.text(bytes: 4 * TextRule.title.length.upperBound)
    /// Far more than the folded form of a task's text takes.
    static let folded = ColumnRule.text(bytes: 1 << 16)
    static let json = ColumnRule.text(bytes: 16 << 20)
    static let name = ColumnRule.text(bytes: 1024)
    /// Another run of the server has another number, and none has 0.
    static let process = ColumnRule.integer(.min ... .max)

    private static let change = TableRule(
        "change",
        [
            "id": id, "at": time, "actor": .choice(Change.Actor.allCases.map(\.rawValue)), "turn_id": .optional(id),
            "conversation_id": .optional(id), "kind": .choice(Change.Kind.allCases.map(\.rawValue)), "task_id": id,
            "before": .optional(json), "after": .optional(json), "leader": .optional(id), "undoes": .optional(id),
            "is_undo": .integer(0...1), "undone_by": .optional(id),
        ]
    ) { row in
        guard let id = row.integer("id") else { throw StoreError.corrupt }
        for text in [row.text("before"), row.text("after")].compactMap({ $0 }) {
            let todo = try Todo(stored: StoredJSON.parse(text))
            guard todo.id == row.integer("task_id"), TodoDraft.accepts(todo)
            else { throw StoreError.corrupt }
        }
        // An undone change is older than its undo; a cycle would have no end.
        guard row.integer("leader") ?? 0 < id, row.integer("undoes") ?? 0 < id, row.integer("undone_by") ?? .max > id
        else { throw StoreError.corrupt }
        return true
    }

    private static let conversation = TableRule(
        "conversation", ["id": id, "title": title, "created_at": time, "updated_at": time])

    private static let turn = TableRule(
        "turn",
        [
            "id": id, "conversation_id": id, "status": .choice(Turn.Status.allCases.map(\.rawValue)),
            "process": process,
            "started_at": time, "ended_at": .optional(time), "idempotency_key": .optional(name),
            "error_code": .optional(name), "crashes": .integer(StoredRange.count),
            "attempt": .integer(StoredRange.count),
        ]
    ) { row in
        // A running turn ends, with its text so far, when the file is opened.
        row["process"] = 0.databaseValue
        return true
    }

    private static let message = TableRule(
        "message",
        [
            "id": id, "conversation_id": id, "turn_id": id,
            "role": .choice(StoredMessage.Role.allCases.map(\.rawValue)),
            "content": json, "status": .choice(StoredMessage.Status.allCases.map(\.rawValue)), "created_at": time,
            "provider": .optional(name), "model": .optional(name),
            "input_tokens": .optional(.integer(StoredRange.count)),
            "output_tokens": .optional(.integer(StoredRange.count)),
            "cached_input_tokens": .optional(.integer(StoredRange.count)), "cost": .optional(.amount),
        ])

    private static let step = TableRule(
        "step",
        [
            "turn_id": id, "position": .integer(1...1_000_000), "call_index": .optional(.integer(0...1_000_000)),
            "body": json,
        ]
    ) { row in
        guard let body = row.text("body") else { throw StoreError.corrupt }
        guard try TurnStep(text: body).callIndex == row.integer("call_index") else { throw StoreError.corrupt }
        return true
    }

    private static let idempotency = TableRule(
        "idempotency",
        [
            "key": .text(bytes: 255), "request_hash": .blob(bytes: 64),
            "state": .choice(IdempotencyRecord.State.allCases.map(\.rawValue)), "process": process,
            "turn_id": .optional(id),
            "status": .optional(.integer(100...599)), "body": .optional(json), "created_at": time,
        ]
    ) { row in
        row["process"] = 0.databaseValue
        if let body = row.text("body") { _ = try StoredJSON.parse(body) }
        // What was not answered in the other place goes on in no other.
        return row.text("state") == IdempotencyRecord.State.done.rawValue
    }
}
