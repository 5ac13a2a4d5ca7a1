import GRDB
package import JSON

extension UserReader {
    package func todo(_ id: Int) throws -> Todo? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(TodoRow.columns) FROM todo WHERE id = ?"), arguments: [id]
        ).map(TodoRow.todo)
    }

    package func todos(_ query: TodoQuery) throws -> Page<Todo> {
        let selection = try TodoSelection(query)
        // One more than the limit where there are more.
        let todos = try Row.fetchAll(database.cachedStatement(sql: selection.sql), arguments: selection.arguments)
            .map(TodoRow.todo)
        return Page(todos, limit: query.limit) { TodoSelection.cursor(after: $0, query.sort) }
    }

    /// The contract's page `{items, next_cursor}`, each row straight from the database into the buffer.
    package func writeTodos(_ query: TodoQuery, to writer: inout JSONWriter) throws {
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        var count = 0
        var last: Todo?
        var hasMore = false
        let selection = try TodoSelection(query)
        let statement = try database.cachedStatement(sql: selection.sql)
        let rows = try Row.fetchCursor(statement, arguments: selection.arguments)
        while let row = try rows.next() {
            guard last == nil else {
                hasMore = true
                break
            }
            count += 1
            try TodoColumns(statement.sqliteStatement).writeFields(to: &writer)
            if count == query.limit || writer.byteCount > Self.fullPage { last = try TodoRow.todo(row) }
        }
        writer.endArray()
        writer.name("next_cursor")
        writer.write(hasMore ? last.map { TodoSelection.cursor(after: $0, query.sort).text } : nil)
        writer.endObject()
    }

    /// Bytes from which on a page takes no more: a task has at most 10 KB, and a page a megabyte.
    private static let fullPage = (1 << 20) - (16 << 10)

    /// How much there is of what the quotas count.
    package func counts() throws -> (tasks: Int, conversations: Int) {
        (
            try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM todo")) ?? 0,
            try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM conversation")) ?? 0
        )
    }
}
