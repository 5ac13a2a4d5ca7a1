package import JSON

extension UserReader {
    package func todo(_ id: Int) throws -> Todo? { try rows.todo(id) }

    package func todos(_ query: TodoQuery) throws -> Page<Todo> {
        Page(try rows.todos(query), limit: query.limit) { query.cursor(after: $0) }
    }

    /// Writes the contract's page `{items, next_cursor}`.
    package func writeTodos(_ query: TodoQuery, to writer: inout JSONWriter) throws {
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        let last = try rows.writeTodos(query, to: &writer)
        writer.endArray()
        writer.name("next_cursor")
        writer.write(last.map { query.cursor(after: $0).text })
        writer.endObject()
    }

    /// The ids of all tasks with a status.
    package func todoIDs(_ status: TodoQuery.Status) throws -> [Int] {
        try rows.todoIDs(isCompleted: status.isCompleted)
    }

    /// Returns the counts that the quotas limit.
    package func counts() throws -> (tasks: Int, conversations: Int) {
        (try rows.todoCount(), try rows.conversationCount())
    }

    /// Those of the tasks that there are, by their ids.
    func todosByID(_ ids: [Int]) throws -> [Int: Todo] {
        // One row needs no set: its statement is prepared in any case.
        guard ids.count > 1 else { return try ids.first.flatMap { try todo($0) }.map { [$0.id: $0] } ?? [:] }
        return Dictionary(try rows.todos(ids).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
