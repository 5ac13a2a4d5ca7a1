/// Cached counts, which would otherwise be computed in every transaction. They must only be set in a transaction that
/// commits.
final class CachedCounts {
    var todos: Int?
    var conversations: Int?
    var messages: Int?

    func forget() { (todos, conversations, messages) = (nil, nil, nil) }
}
