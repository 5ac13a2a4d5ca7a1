import Postgres
import Time

/// The row of a user, which a write has locked: the last ids, the counts and the beginning of the journal.
struct AccountRow {
    /// The number of writes so far.
    let revision: Int
    let lastAt: Timestamp
    var lastTodo: Int
    var lastChange: Int
    var lastConversation: Int
    var lastTurn: Int
    var lastMessage: Int
    var lastConfirmation: Int
    var todos: Int
    var conversations: Int
    var messages: Int
    /// The bytes that were stored when the transaction began.
    var bytes: Int
    var oldestChange: (id: Int, at: Timestamp)?

    /// - Parameter row: of `Statement.account`.
    init(_ row: ResultRow) throws(PostgresError) {
        revision = try row.int(1)
        lastAt = try row.time(2)
        lastTodo = try row.int(3)
        lastChange = try row.int(4)
        lastConversation = try row.int(5)
        lastTurn = try row.int(6)
        lastMessage = try row.int(7)
        lastConfirmation = try row.int(8)
        todos = try row.int(9)
        conversations = try row.int(10)
        messages = try row.int(11)
        bytes = try row.int(12)
        if let id = try row.intIfAny(13), let at = try row.timeIfAny(14) { oldestChange = (id, at) }
    }
}
