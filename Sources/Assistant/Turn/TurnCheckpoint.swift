/// A place between two steps of a turn, where a crash must lose and double nothing.
package enum TurnCheckpoint: Sendable, Hashable, CustomStringConvertible {
    /// The user's message is stored.
    case begun
    /// The model has answered for the nth time, from 0; nothing of it is stored.
    case answered(Int)
    /// The nth call of the turn, from 0, and its result are stored.
    case called(Int)
    /// The end of the turn is stored, and nobody has been told.
    case ended

    package var description: String {
        switch self {
        case .begun: "begun"
        case .answered(let round): "answered-\(round)"
        case .called(let index): "called-\(index)"
        case .ended: "ended"
        }
    }
}
