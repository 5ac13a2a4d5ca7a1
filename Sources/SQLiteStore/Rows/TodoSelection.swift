import GRDB
import JSON
import Time
import TodoStore

/// A query of todos as SQL. There are few texts, four for each order, so that every one stays prepared.
struct TodoSelection {
    let sql: String
    let arguments: StatementArguments

    init(_ query: TodoQuery) throws(StoreError) {
        let start = try query.start()
        let words = query.search?.searchWords ?? []
        var arguments: StatementArguments = [
            "limit": query.limit + 1, "completed": query.status.isCompleted, "priority": query.priority?.rank,
            "due_from": query.dueFrom?.milliseconds, "due_to": query.dueTo?.milliseconds,
        ]
        // To prepare json_each costs a new connection more than all the rest does, and few queries need it.
        let isSearch = !query.tags.isEmpty || !words.isEmpty
        if isSearch {
            arguments += [
                "tags": query.tags.isEmpty ? nil : TodoRow.encode(tags: query.tags.map(\.folded)),
                "words": words.isEmpty ? nil : TodoRow.encode(tags: words),
            ]
        }
        sql = Self.sql(query.sort, fromCursor: start != nil, isSearch: isSearch)
        if let start {
            switch start.key {
            case .text(let key): arguments += ["key": key]
            case .number(let key): arguments += ["key": key]
            }
            arguments += ["id": start.id]
        }
        self.arguments = arguments
    }

    private static func sql(_ sort: TodoQuery.Sort, fromCursor: Bool, isSearch: Bool) -> String {
        let key =
            switch sort.field {
            case .id: "id"
            case .title: "title_key"
            case .priority: "priority"
            case .createdAt: "created_at"
            case .updatedAt: "updated_at"
            // No due date comes last, both ways.
            case .dueAt: "ifnull(due_at, \(sort.descending ? "-9223372036854775808" : "9223372036854775807"))"
            }
        let (direction, comparison) = sort.descending ? ("DESC", "<") : ("ASC", ">")
        let after =
            switch (fromCursor, sort.field) {
            case (false, _): ""
            // A plain comparison is one that SQLite seeks by.
            case (true, .id): "AND :key = :id AND id \(comparison) :id"
            case (true, _): "AND (\(key), id) \(comparison) (:key, :id)"
            }
        let order = sort.field == .id ? "id \(direction)" : "\(key) \(direction), id \(direction)"
        return """
            SELECT \(TodoRow.columns) FROM todo
            WHERE (:completed IS NULL OR (completed_at IS NOT NULL) = :completed)
            AND (:priority IS NULL OR priority = :priority)
            AND (:due_from IS NULL OR due_at >= :due_from)
            AND (:due_to IS NULL OR due_at <= :due_to)
            \(isSearch ? search : "")
            \(after)
            ORDER BY \(order)
            LIMIT :limit
            """
    }

    private static let search = """
        AND (:tags IS NULL OR NOT EXISTS (
            SELECT 1 FROM json_each(:tags) AS wanted
            WHERE wanted.value NOT IN (SELECT folded(present.value) FROM json_each(todo.tags) AS present)))
        AND (:words IS NULL OR NOT EXISTS (
            SELECT 1 FROM json_each(:words) AS word
            WHERE instr(title_key, word.value) = 0 AND instr(ifnull(description_key, ''), word.value) = 0
            AND NOT EXISTS (
                SELECT 1 FROM json_each(todo.tags) AS tag WHERE instr(folded(tag.value), word.value) > 0)))
        """
}
