import JSON
import Postgres
import Time
import TodoStore

/// The table of tasks: how a row of it is read and written.
enum TodoColumns {
    static func todo(_ row: ResultRow) throws -> Todo {
        guard let priority = Priority(rank: try row.int(3)) else { throw StoreError.corrupt }
        return Todo(
            id: try row.int(0), title: try row.text(1), description: try row.textIfAny(2), priority: priority,
            tags: try tags(row.text(4)), dueAt: try row.timeIfAny(5), recurrence: try row.textIfAny(6),
            createdAt: try row.time(7), updatedAt: try row.time(8), completedAt: try row.timeIfAny(9),
            version: try row.int(10))
    }

    /// Appends all columns but the account and the id.
    static func append(_ todo: Todo, to arguments: inout Arguments) {
        arguments.append(todo.title)
        arguments.append(todo.description)
        arguments.append(todo.priority.rank)
        arguments.append(encode(tags: todo.tags))
        arguments.append(todo.dueAt?.milliseconds)
        arguments.append(todo.recurrence)
        arguments.append(todo.createdAt.milliseconds)
        arguments.append(todo.updatedAt.milliseconds)
        arguments.append(todo.completedAt?.milliseconds)
        arguments.append(todo.version)
        arguments.append(todo.title.folded)
        arguments.append(todo.description?.folded)
        arguments.append(todo.tags.map(\.folded))
    }

    /// Writes a row as JSON, its texts straight from the result.
    static func write(_ row: ResultRow, to writer: inout JSONWriter) throws {
        let (result, index) = (row.result, row.index)
        guard let priority = Priority(rank: try row.int(3)) else { throw StoreError.corrupt }
        let tags = try tags(row.text(4))
        let times = (try row.timeIfAny(5), try row.time(7), try row.time(8), try row.timeIfAny(9))
        let (id, version) = (try row.int(0), try row.int(10))
        try withExtendedLifetime(result) {
            guard let title = try result.utf8(index, 1) else { throw StoreError.corrupt }
            let (description, recurrence) = (try result.utf8(index, 2), try result.utf8(index, 6))
            Todo.Borrowed(
                id: id, title: Todo.Borrowed.Text(bytes: title),
                description: description.map { Todo.Borrowed.Text(bytes: $0) }, priority: priority, tags: tags,
                dueAt: times.0, recurrence: recurrence.map { Todo.Borrowed.Text(bytes: $0) },
                createdAt: times.1, updatedAt: times.2, completedAt: times.3, version: version
            ).write(to: &writer)
        }
    }

    private static func encode(tags: [String]) -> String {
        tags.isEmpty ? "[]" : JSONValue.array(tags.map(JSONValue.string)).text
    }

    private static func tags(_ text: String) throws -> [String] {
        if text == "[]" { return [] }
        guard let elements = try StoredJSON.parse(text).array else { throw StoreError.corrupt }
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else { throw StoreError.corrupt }
        return texts
    }
}
