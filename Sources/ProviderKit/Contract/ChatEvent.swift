/// What an adapter tells while the model still writes.
package enum ChatEvent: Sendable, Hashable {
    /// The model has begun to answer, perhaps with a tool call: sent once, before any text.
    case began
    /// More text of the answer; never empty.
    case text(String)
}
