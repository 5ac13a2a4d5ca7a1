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
        revision = try row.int(2)
        lastAt = try row.time(3)
        lastTodo = try row.int(4)
        lastChange = try row.int(5)
        lastConversation = try row.int(6)
        lastTurn = try row.int(7)
        lastMessage = try row.int(8)
        lastConfirmation = try row.int(9)
        todos = try row.int(10)
        conversations = try row.int(11)
        messages = try row.int(12)
        bytes = try row.int(13)
        if let id = try row.intIfAny(14), let at = try row.timeIfAny(15) { oldestChange = (id, at) }
    }
}
