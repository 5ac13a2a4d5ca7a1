import CSQLite
import Time
import TodoStore

extension BorrowedTodo {
    /// Reads the current row of a statement, whose texts are valid until the statement moves on.
    ///
    /// - Parameter statement: A statement that selects `TodoRow.columns`.
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
        // The text must be requested before its length.
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        return Text(
            bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
