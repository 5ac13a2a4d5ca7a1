import GRDB
import JSON
import Time
import TodoStore

extension TableRule {
    /// The tables of a user's database, in the order of their references, except those that are not imported: open
    /// confirmations were requested by the author of the file and not by the user.
    static let ofUser = [todo, change, conversation, turn, message, step, idempotency]

    private static let id = ColumnRule.integer(StoredRange.id)
    private static let time = ColumnRule.integer(StoredRange.time)
    private static let title = ColumnRule.text(bytes: 4 * TextRule.title.length.upperBound)
    /// Far more than the folded form of a task's text takes.
    private static let folded = ColumnRule.text(bytes: 1 << 16)
    private static let json = ColumnRule.text(bytes: 16 << 20)
    private static let name = ColumnRule.text(bytes: 1024)
    /// Each run of the server has its own number, which is not 0.
    private static let process = ColumnRule.integer(.min ... .max)

    private static let todo = TableRule(
        "todo",
        [
            "id": id, "title": title,
            "description": .optional(.text(bytes: 4 * TextRule.description.length.upperBound)),
            "priority": .integer(0...2), "tags": .text(bytes: 1 << 16), "due_at": .optional(time),
            "recurrence": .optional(name), "created_at": time, "updated_at": time, "completed_at": .optional(time),
            "version": .integer(StoredRange.version), "title_key": folded, "description_key": .optional(folded),
        ]
    ) { row in
        guard let id = row.integer("id"), let title = row.text("title"), let tags = row.text("tags"),
            let priority = row.integer("priority").flatMap({ Priority(rank: $0) })
        else { throw StoreError.corrupt }
        let description = row.text("description")
        guard
            isDraft(
                title: title, description: description, priority: priority, tags: try TodoRow.tags(tags),
                dueAt: row.integer("due_at").map { Timestamp(milliseconds: $0) }, recurrence: row.text("recurrence"))
        else { throw UserImport.Refusal.badTask(id) }
        row["title_key"] = title.folded.databaseValue
        row["description_key"] = description?.folded.databaseValue ?? .null
        return true
    }

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
            guard todo.id == row.integer("task_id"),
                isDraft(
                    title: todo.title, description: todo.description, priority: todo.priority, tags: todo.tags,
                    dueAt: todo.dueAt, recurrence: todo.recurrence)
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

    /// Returns whether a task would be accepted by the API without a change.
    private static func isDraft(
        title: String, description: String?, priority: Priority, tags: [String], dueAt: Timestamp?, recurrence: String?
    ) -> Bool {
        let draft = try? TodoDraft(
            title: title, description: description, priority: priority, tags: tags, dueAt: dueAt, recurrence: recurrence
        )
        guard let draft else { return false }
        return draft.title.utf8.elementsEqual(title.utf8)
            && (draft.description ?? "").utf8.elementsEqual((description ?? "").utf8)
            && draft.tags.elementsEqual(tags) { $0.utf8.elementsEqual($1.utf8) } && draft.recurrence == recurrence
    }
}
