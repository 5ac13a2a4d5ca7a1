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
            count += 1
            guard count <= query.limit else {
                hasMore = true
                continue
            }
            try TodoColumns(statement.sqliteStatement).writeFields(to: &writer)
            if count == query.limit { last = try TodoRow.todo(row) }
        }
        writer.endArray()
        writer.name("next_cursor")
        writer.write(hasMore ? last.map { TodoSelection.cursor(after: $0, query.sort).text } : nil)
        writer.endObject()
    }

    /// How much there is of what the quotas count.
    package func counts() throws -> (tasks: Int, conversations: Int) {
        (
            try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM todo")) ?? 0,
            try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM conversation")) ?? 0
        )
    }
}
