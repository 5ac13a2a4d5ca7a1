import TodoStore

/// The bytes that a row counts in its user's quota: those of its texts, and a constant for all else, near what the engine
/// takes for it with its indexes.
enum RowSize {
    static let turn = 200

    /// Its texts are stored twice: as they are, and folded.
    static func todo(_ todo: Todo) -> Int {
        200 + 2 * (todo.title.utf8.count + (todo.description?.utf8.count ?? 0))
            + todo.tags.reduce(0) { $0 + 2 * $1.utf8.count + 8 } + (todo.recurrence?.utf8.count ?? 0)
    }

    static func change(_ change: Change.Row) -> Int {
        160 + (change.before?.utf8.count ?? 0) + (change.after?.utf8.count ?? 0)
    }

    static func conversation(title: String) -> Int { 140 + 2 * title.utf8.count }

    static func message(_ content: String) -> Int { 240 + 2 * content.utf8.count }

    static func step(_ body: String) -> Int { 100 + body.utf8.count }

    static func confirmation(_ changes: String) -> Int { 120 + changes.utf8.count }

    static func key(_ key: String, body: String?) -> Int { 180 + 2 * key.utf8.count + (body?.utf8.count ?? 0) }
}
