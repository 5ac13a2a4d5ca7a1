import GRDB
import JSON
import Time
import TodoStore

/// The columns of a todo, in the order in which the statements here select them.
enum TodoRow {
    static let columns = """
        id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        """

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

    /// Reads the tags of a text in SQLite's memory.
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
