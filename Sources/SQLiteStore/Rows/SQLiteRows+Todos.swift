import GRDB
import JSON
import Time
import TodoStore

extension SQLiteRows {
    func todo(_ id: Int) throws -> Todo? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(TodoRow.columns) FROM todo WHERE id = ?"), arguments: [id]
        ).map(TodoRow.todo)
    }

    func todos(_ ids: [Int]) throws -> [Todo] {
        var todos: [Todo] = []
        // SQLite takes some thirty thousand arguments.
        for start in stride(from: 0, to: ids.count, by: 1024) {
            let list = IDList(Array(ids[start..<min(start + 1024, ids.count)]))
            todos += try Row.fetchAll(
                database.cachedStatement(sql: "SELECT \(TodoRow.columns) FROM todo WHERE id IN \(list.places)"),
                arguments: list.arguments
            ).map(TodoRow.todo)
        }
        return todos
    }

    func todos(_ query: TodoQuery) throws -> [Todo] {
        let selection = try TodoSelection(query)
        return try Row.fetchAll(database.cachedStatement(sql: selection.sql), arguments: selection.arguments)
            .map(TodoRow.todo)
    }

    func writeTodos(_ query: TodoQuery, to writer: inout JSONWriter) throws -> Todo? {
        let selection = try TodoSelection(query)
        let statement = try database.cachedStatement(sql: selection.sql)
        let rows = try Row.fetchCursor(statement, arguments: selection.arguments)
        var count = 0
        var last: Todo?
        while let row = try rows.next() {
            if let last { return last }
            count += 1
            try Todo.Borrowed(statement.sqliteStatement).write(to: &writer)
            if query.isFull(count: count, bytes: writer.byteCount) { last = try TodoRow.todo(row) }
        }
        return nil
    }

    func todoIDs(isCompleted: Bool?) throws -> [Int] {
        try Int.fetchAll(
            database.cachedStatement(
                sql: "SELECT id FROM todo WHERE ?1 IS NULL OR (completed_at IS NOT NULL) = ?1 ORDER BY id"),
            arguments: [isCompleted])
    }

    func todoCount() throws -> Int {
        let count = try counts.todos ?? count("todo")
        counts.todos = count
        return count
    }

    func statistics(now: Timestamp, weekStart: Timestamp) throws -> TodoStatistics {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT count(*), count(completed_at),
                        ifnull(sum(completed_at IS NULL AND due_at < ?1), 0), ifnull(sum(completed_at >= ?2), 0),
                        ifnull(sum(priority = 0), 0), ifnull(sum(priority = 1), 0), ifnull(sum(priority = 2), 0)
                    FROM todo
                    """),
            arguments: [now.milliseconds, weekStart.milliseconds])
        guard let row else { throw StoreError.corrupt }
        return try TodoStatistics(
            total: row.value(0), completed: row.value(1), overdue: row.value(2), completedThisWeek: row.value(3),
            streakDays: 0, low: row.value(4), medium: row.value(5), high: row.value(6))
    }

    func completions(_ body: (Timestamp) throws -> Bool) throws {
        let times = try Int.fetchCursor(
            database.cachedStatement(
                sql: "SELECT completed_at FROM todo WHERE completed_at IS NOT NULL ORDER BY completed_at DESC"))
        while let time = try times.next(), try body(Timestamp(milliseconds: time)) {}
    }

    func insert(_ todo: Todo, id: Int?) throws -> Int {
        try database.cachedStatement(sql: TodoRow.insert).execute(arguments: TodoRow.values(todo) + [id])
        counts.todos = counts.todos.map { $0 + 1 }
        return Int(database.lastInsertedRowID)
    }

    func update(_ todo: Todo, from before: Todo) throws {
        try database.cachedStatement(sql: TodoRow.update).execute(arguments: TodoRow.values(todo) + [todo.id])
    }

    func delete(_ todo: Todo) throws {
        try database.cachedStatement(sql: "DELETE FROM todo WHERE id = ?").execute(arguments: [todo.id])
        counts.todos = counts.todos.map { $0 - 1 }
    }
}
