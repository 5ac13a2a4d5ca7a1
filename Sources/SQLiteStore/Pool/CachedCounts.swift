import TodoStore

/// What would otherwise be counted in every transaction; right as long as it is only set inside one that commits.
final class CachedCounts {
    var todos: Int?
    var conversations: Int?
    var messages: Int?

    func forget() { (todos, conversations, messages) = (nil, nil, nil) }
}
