/// A point between two steps of a turn, for tests of crashes.
package enum TurnCheckpoint: Sendable, Hashable, CustomStringConvertible {
    /// The user's message is stored.
    case begun
    /// The model has answered for the nth time, from 0; the answer is not stored yet.
    case answered(Int)
    /// The nth call of the turn, from 0, and its result are stored.
    case called(Int)
    /// The end of the turn is stored, but not reported yet.
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
