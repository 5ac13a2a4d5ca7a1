/// The changes that an undo is for.
package enum UndoTarget: Sendable, Hashable {
    /// A change, with all that were made together with it.
    case change(Int)
    /// All changes of a turn of the assistant.
    case turn(Int)
    /// The last change that still stands; repeated, it goes further back.
    case last
    /// The last change that still stands, with the whole turn that it belongs to, unless that is `excluding`.
    case lastTurn(excluding: Int?)
}
