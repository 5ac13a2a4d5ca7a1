import Postgres
import Time
import TodoStore

/// A query of todos as one of six statements and its arguments.
struct TodoListing {
    let statement: Statement
    let arguments: Arguments

    init(_ query: TodoQuery, _ account: UUIDBytes) throws(StoreError) {
        let start = try query.start()
        var arguments = Arguments()
        arguments.append(account)
        arguments.append(query.limit + 1)
        arguments.append(query.status.isCompleted)
        arguments.append(query.priority?.rank)
        arguments.append(query.dueFrom?.milliseconds)
        arguments.append(query.dueTo?.milliseconds)
        arguments.append(query.tags.map(\.folded.storable))
        arguments.append((query.search?.searchWords ?? []).map(\.storable))
        let isDown = query.sort.descending
        switch query.sort.field {
        case .id:
            statement = isDown ? .todosByIDDown : .todosByIDUp
            arguments.append(try Self.id(start, isDown))
        case .title:
            statement = isDown ? .todosByTitleDown : .todosByTitleUp
            var title: String?
            if case .text(let text)? = start?.key { title = text.storable }
            arguments.append(title)
            arguments.append(start?.id)
        case .priority, .createdAt, .updatedAt, .dueAt:
            statement = isDown ? .todosByNumberDown : .todosByNumberUp
            arguments.append(query.sort.field.rawValue)
            var number: Int?
            if case .number(let key)? = start?.key { number = key }
            arguments.append(number)
            arguments.append(start?.id)
        }
        self.arguments = arguments
    }

    /// The id after which a list by ids begins. A cursor whose key is not its id finds nothing.
    private static func id(_ start: PageCursor?, _ isDown: Bool) throws(StoreError) -> Int {
        guard let start else { return isDown ? Int.max : Int.min }
        guard start.key == .number(start.id) else { return isDown ? Int.min : Int.max }
        return start.id
    }
}
