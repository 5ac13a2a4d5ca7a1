/// An event that an adapter emits while the model writes.
package enum ChatEvent: Sendable, Hashable {
    /// The model has begun to answer, possibly with a tool call. Emitted once, before any text.
    case began
    /// More text of the answer; never empty.
    case text(String)
}
