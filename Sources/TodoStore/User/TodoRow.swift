import GRDB
import JSON

/// The columns of a todo, in the order in which the statements here select them.
enum TodoRow {
    static let columns = """
        id, title, description, priority, tags, due_at, recurrence, created_at, updated_at, completed_at, version
        """

    /// By index, not by name: this is the hot path.
    static func todo(_ row: Row) throws -> Todo {
        guard let priority = Priority(rank: row[3]) else { throw StoreError.corrupt }
        return Todo(
            id: row[0], title: row[1], description: row[2], priority: priority, tags: try tags(row[4]),
            dueAt: timestamp(row[5]), recurrence: row[6], createdAt: Timestamp(milliseconds: row[7]),
            updatedAt: Timestamp(milliseconds: row[8]), completedAt: timestamp(row[9]), version: row[10])
    }

    static func encode(tags: [String]) -> String {
        tags.isEmpty ? "[]" : JSONValue.array(tags.map(JSONValue.string)).text
    }

    /// The same for a text that is still in SQLite's memory.
    static func tags(_ text: UnsafeRawBufferPointer?) throws -> [String] {
        if let text, text.elementsEqual("[]".utf8) { return [] }
        return try tags(String(decoding: text ?? UnsafeRawBufferPointer(start: nil, count: 0), as: UTF8.self))
    }

    private static func tags(_ text: String) throws -> [String] {
        if text == "[]" { return [] }
        guard let elements = try StoredJSON.parse(text).array else { throw StoreError.corrupt }
        return elements.compactMap(\.string)
    }

    private static func timestamp(_ milliseconds: Int?) -> Timestamp? {
        milliseconds.map { Timestamp(milliseconds: $0) }
    }
}
