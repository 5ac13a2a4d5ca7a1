import CSQLite
import GRDB
import JSON
import Time
import TodoStore

/// The table of tasks: its columns, how a row of it is read and written, and what may stand in one from outside.
enum TodoRow {
    /// The columns that make a task, in the order in which they are read.
    static let columns = """
        id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        """

    /// The columns that are written, in the order of `values`; the keys are the texts folded for search and order.
    private static let written = [
        "title", "description", "priority", "tags", "due_at", "recurrence", "created_at", "updated_at", "completed_at",
        "version", "title_key", "description_key",
    ]

    /// Takes the id, or NULL for a new one, after `values`.
    static let insert = """
        INSERT INTO todo (\(written.joined(separator: ", ")), id)
        VALUES (\(written.map { _ in "?" }.joined(separator: ", ")), ?)
        """

    /// Takes the id after `values`.
    static let update = "UPDATE todo SET \(written.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"

    static func values(_ todo: Todo) -> StatementArguments {
        [
            todo.title, todo.description, todo.priority.rank, encode(tags: todo.tags), todo.dueAt?.milliseconds,
            todo.recurrence, todo.createdAt.milliseconds, todo.updatedAt.milliseconds, todo.completedAt?.milliseconds,
            todo.version, todo.title.folded, todo.description?.folded,
        ]
    }

    /// By index, not by name: this is the hot path.
    static func todo(_ row: Row) throws -> Todo {
        guard let priority = Priority(rank: try row.value(3)) else { throw StoreError.corrupt }
        return try Todo(
            id: row.value(0), title: row.value(1), description: row.value(2), priority: priority,
            tags: tags(row.value(4)),
            dueAt: timestamp(row.value(5)), recurrence: row.value(6), createdAt: Timestamp(milliseconds: row.value(7)),
            updatedAt: Timestamp(milliseconds: row.value(8)), completedAt: timestamp(row.value(9)),
            version: row.value(10))
    }

    static func encode(tags: [String]) -> String {
        tags.isEmpty ? "[]" : JSONValue.array(tags.map(JSONValue.string)).text
    }

    /// The tags in a text that is still in SQLite's memory.
    static func tags(_ text: UnsafeRawBufferPointer?) throws -> [String] {
        if let text, text.elementsEqual("[]".utf8) { return [] }
        return try tags(String(decoding: text ?? UnsafeRawBufferPointer(start: nil, count: 0), as: UTF8.self))
    }

    static func tags(_ text: String) throws -> [String] {
        if text == "[]" { return [] }
        guard let elements = try StoredJSON.parse(text).array else { throw StoreError.corrupt }
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else { throw StoreError.corrupt }
        return texts
    }

    private static func timestamp(_ milliseconds: Int?) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: $0) }
    }
}

extension Todo.Borrowed {
    /// The row that a statement stands at, whose texts are SQLite's until the statement moves on.
    /// - Parameter statement: one that selects `TodoRow.columns`.
    init(_ statement: OpaquePointer) throws {
        guard let priority = Priority(rank: Int(sqlite3_column_int64(statement, 3))) else { throw StoreError.corrupt }
        try self.init(
            id: Self.integer(statement, 0),
            title: Self.text(statement, 1) ?? Text(bytes: UnsafeRawBufferPointer(start: nil, count: 0)),
            description: Self.text(statement, 2), priority: priority,
            tags: TodoRow.tags(Self.text(statement, 4)?.bytes), dueAt: Self.timestamp(statement, 5),
            recurrence: Self.text(statement, 6), createdAt: Timestamp(milliseconds: Self.integer(statement, 7)),
            updatedAt: Timestamp(milliseconds: Self.integer(statement, 8)), completedAt: Self.timestamp(statement, 9),
            version: Self.integer(statement, 10))
    }

    private static func integer(_ statement: OpaquePointer, _ column: Int32) -> Int {
        Int(sqlite3_column_int64(statement, column))
    }

    private static func timestamp(_ statement: OpaquePointer, _ column: Int32) -> Timestamp? {
        guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
        return Timestamp(milliseconds: integer(statement, column))
    }

    private static func text(_ statement: OpaquePointer, _ column: Int32) -> Text? {
        // In this order: asking for the text is what settles its length.
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        return Text(
            bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}

extension TodoRow {
    /// Rows from outside: each a task that the API would take, whose keys are made anew.
    static let rule = TableRule(
        "todo",
        [
            "id": TableRule.id, "title": TableRule.title,
            "description": .optional(.text(bytes: 4 * TextRule.description.length.upperBound)),
            "priority": .integer(0...2), "tags": .text(bytes: 1 << 16), "due_at": .optional(TableRule.time),
            "recurrence": .optional(TableRule.name), "created_at": TableRule.time, "updated_at": TableRule.time,
            "completed_at": .optional(TableRule.time), "version": .integer(StoredRange.version),
            "title_key": TableRule.folded, "description_key": .optional(TableRule.folded),
        ]
    ) { row in
        let todo = try todo(row)
        guard TodoDraft.accepts(todo) else { throw UserImport.Refusal.badTask(todo.id) }
        row["title_key"] = todo.title.folded.databaseValue
        row["description_key"] = todo.description?.folded.databaseValue ?? .null
        return true
    }

    private static func todo(_ row: TableRule.Values) throws -> Todo {
        func time(_ column: String) -> Timestamp? { timestamp(row.integer(column)) }
        guard let id = row.integer("id"), let title = row.text("title"), let tags = row.text("tags"),
            let priority = row.integer("priority").flatMap({ Priority(rank: $0) }),
            let createdAt = time("created_at"), let updatedAt = time("updated_at"), let version = row.integer("version")
        else { throw StoreError.corrupt }
        return Todo(
            id: id, title: title, description: row.text("description"), priority: priority,
            tags: try self.tags(tags), dueAt: time("due_at"), recurrence: row.text("recurrence"), createdAt: createdAt,
            updatedAt: updatedAt, completedAt: time("completed_at"), version: version)
    }
}
