import JSON
import Postgres
import Time
import TodoStore

extension PostgresRows {
    func todo(_ id: Int) throws -> Todo? {
        var arguments = arguments
        arguments.append(id)
        return try ask(.todo, arguments).first.map(TodoColumns.todo)
    }

    func todos(_ ids: [Int]) throws -> [Todo] {
        var arguments = arguments
        arguments.append(ids)
        return try ask(.todosByID, arguments).rows.map(TodoColumns.todo)
    }

    func todos(_ query: TodoQuery) throws -> [Todo] {
        let listing = try TodoListing(query, context.key.uuid)
        return try ask(listing.statement, listing.arguments).rows.map(TodoColumns.todo)
    }

    func writeTodos(_ query: TodoQuery, to writer: inout JSONWriter) throws -> Todo? {
        let listing = try TodoListing(query, context.key.uuid)
        let result = try ask(listing.statement, listing.arguments)
        for index in 0..<result.rowCount {
            let row = ResultRow(result: result, index: index)
            try TodoColumns.write(row, to: &writer)
            guard query.isFull(count: index + 1, bytes: writer.byteCount) else { continue }
            return index + 1 < result.rowCount ? try TodoColumns.todo(row) : nil
        }
        return nil
    }

    func todoIDs(isCompleted: Bool?) throws -> [Int] {
        var arguments = arguments
        arguments.append(isCompleted)
        return try ask(.todoIDs, arguments).rows.map { try $0.int(0) }
    }

    func todoCount() throws -> Int {
        try load()
        return account.todos
    }

    func statistics(now: Timestamp, weekStart: Timestamp) throws -> TodoStatistics {
        var times = arguments
        times.append(now.milliseconds)
        times.append(weekStart.milliseconds)
        // The streak is asked for next.
        let results = try ask((.statistics, times), (.completions, completions(before: .max)))
        guard let row = results[0].first else { throw StoreError.corrupt }
        known.completions = results[1]
        return TodoStatistics(
            total: try row.int(0), completed: try row.int(1), overdue: try row.int(2),
            completedThisWeek: try row.int(3), streakDays: 0, low: try row.int(4), medium: try row.int(5),
            high: try row.int(6))
    }

    /// Visits each time once: tasks that were completed together do not add a day to a streak.
    func completions(_ body: (Timestamp) throws -> Bool) throws {
        var result = try known.completions ?? ask(.completions, completions(before: .max))
        while true {
            let times = try result.rows.map { try $0.time(0) }
            for time in times where try !body(time) { return }
            guard let last = times.last else { return }
            result = try ask(.completions, completions(before: last.milliseconds))
        }
    }

    private func completions(before end: Int) -> Arguments {
        var arguments = arguments
        arguments.append(end)
        return arguments
    }

    func insert(_ todo: Todo, id: Int?) throws -> Int {
        try load()
        let id = id ?? account.lastTodo + 1
        var arguments = arguments
        arguments.append(id)
        TodoColumns.append(todo, to: &arguments)
        try change(.insertTodo, arguments)
        account.lastTodo = max(account.lastTodo, id)
        account.todos += 1
        addedBytes += RowSize.todo(todo)
        return id
    }

    func update(_ todo: Todo, from before: Todo) throws {
        var arguments = arguments
        arguments.append(todo.id)
        TodoColumns.append(todo, to: &arguments)
        try change(.updateTodo, arguments)
        addedBytes += RowSize.todo(todo) - RowSize.todo(before)
    }

    func delete(_ todo: Todo) throws {
        try load()
        var arguments = arguments
        arguments.append(todo.id)
        try change(.deleteTodo, arguments)
        account.todos -= 1
        addedBytes -= RowSize.todo(todo)
    }
}
