import GRDB
import JSON

extension UserReader {
    /// The journal, newest first.
    package func changes(limit: Int, cursor: PageCursor? = nil) throws -> Page<Change> {
        let before = try cursor?.checked(for: Self.changeList).id ?? Int.max
        var builder = PageBuilder<Change>(limit: limit)
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: Self.select + "id < ? ORDER BY id DESC LIMIT ?"),
            arguments: [before, limit + 1])
        while let row = try rows.next() {
            let (before, after): (String?, String?) = (row["before"], row["after"])
            guard builder.takes(PageBuilder<Change>.frame + (before?.utf8.count ?? 0) + (after?.utf8.count ?? 0))
            else { break }
            builder.append(try Self.change(row))
        }
        return builder.page {
            PageCursor(list: Self.changeList, key: .number($0.id), id: $0.id)
        }
    }

    /// Nil for one that never was, and for one that is forgotten.
    package func change(_ id: Int) throws -> Change? { try changes(where: "id = ?", [id]).first }

    /// The changes of a turn of the assistant, oldest first.
    package func changes(turn id: Int) throws -> [Change] { try changes(where: "turn_id = ? ORDER BY id", [id]) }

    /// `condition` is what follows WHERE.
    func changes(where condition: String, _ arguments: StatementArguments) throws -> [Change] {
        try Row.fetchAll(
            database.cachedStatement(sql: Self.select + condition), arguments: arguments
        ).map(Self.change)
    }

    private static let select = """
        SELECT id, at, actor, turn_id, conversation_id, kind, task_id, before, after, leader, undoes, is_undo,
        undone_by FROM change WHERE\u{20}
        """

    private static let changeList = "changes"

    private static func change(_ row: Row) throws -> Change {
        guard let actor = ChangeActor(rawValue: try row.value("actor")),
            let kind = ChangeKind(rawValue: try row.value("kind"))
        else { throw StoreError.corrupt }
        return try Change(
            id: row.value("id"), at: Timestamp(milliseconds: row.value("at")),
            origin: ChangeOrigin(
                actor: actor, turnID: row.value("turn_id"), conversationID: row.value("conversation_id")),
            kind: kind, taskID: row.value("task_id"), before: json(row.value("before")),
            after: json(row.value("after")),
            leader: row.value("leader"), undoes: row.value("undoes"), isUndo: row.value("is_undo"),
            undoneBy: row.value("undone_by"))
    }

    private static func json(_ text: String?) throws -> JSONValue? { try text.map(StoredJSON.parse) }
}
