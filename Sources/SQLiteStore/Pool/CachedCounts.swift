import TodoStore

/// Counts that would otherwise be made in every transaction. They are set only inside transactions that commit.
final class CachedCounts {
    var todos: Int?
    var conversations: Int?
    var messages: Int?

    func forget() { (todos, conversations, messages) = (nil, nil, nil) }
}
