import GRDB
import JSON

extension UserReader {
    /// The journal, newest first.
    package func changes(limit: Int, cursor: PageCursor? = nil) throws -> Page<Change> {
        let before = try cursor?.checked(for: Self.changeList).id ?? Int.max
        let changes = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, undone_by
                    FROM change WHERE id < ? ORDER BY id DESC LIMIT ?
                    """),
            arguments: [before, limit + 1]
        ).map(Self.change)
        return Page(changes, limit: limit) {
            PageCursor(list: Self.changeList, key: .number($0.id), id: $0.id)
        }
    }

    private static let changeList = "changes"

    private static func change(_ row: Row) throws -> Change {
        guard let actor = ChangeActor(rawValue: row["actor"]), let kind = ChangeKind(rawValue: row["kind"]) else {
            throw StoreError.corrupt
        }
        return Change(
            id: row["id"], at: Timestamp(milliseconds: row["at"]),
            origin: ChangeOrigin(actor: actor, turnID: row["turn_id"], conversationID: row["conversation_id"]),
            kind: kind, taskID: row["task_id"], before: try json(row["before"]), after: try json(row["after"]),
            undoneBy: row["undone_by"])
    }

    private static func json(_ text: String?) throws -> JSONValue? { try text.map(StoredJSON.parse) }
}
