import CSQLite
import JSON

/// The row that a statement stands at, read where SQLite has it: a list of tasks needs neither strings nor values.
struct TodoColumns: TodoFields {
    /// A text that is SQLite's until the statement moves on.
    struct Text: JSONText {
        let bytes: UnsafeRawBufferPointer

        func write(to writer: inout JSONWriter) { writer.write(utf8: bytes) }
    }

    private let statement: OpaquePointer
    let priority: Priority
    let tags: [String]

    /// - Parameter statement: one that selects `TodoRow.columns`.
    init(_ statement: OpaquePointer) throws {
        self.statement = statement
        guard let priority = Priority(rank: Int(sqlite3_column_int64(statement, 3))) else { throw StoreError.corrupt }
        self.priority = priority
        tags = try TodoRow.tags(Self.text(statement, 4)?.bytes)
    }

    var id: Int { integer(0) }
    var title: Text { Self.text(statement, 1) ?? Text(bytes: UnsafeRawBufferPointer(start: nil, count: 0)) }
    var description: Text? { Self.text(statement, 2) }
    var dueAt: Timestamp? { timestamp(5) }
    var recurrence: Text? { Self.text(statement, 6) }
    var createdAt: Timestamp { Timestamp(milliseconds: integer(7)) }
    var updatedAt: Timestamp { Timestamp(milliseconds: integer(8)) }
    var completedAt: Timestamp? { timestamp(9) }
    var version: Int { integer(10) }

    private func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

    private func timestamp(_ column: Int32) -> Timestamp? {
        guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
        return Timestamp(milliseconds: integer(column))
    }

    private static func text(_ statement: OpaquePointer, _ column: Int32) -> Text? {
        // In this order: asking for the text is what settles its length.
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        return Text(
            bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
