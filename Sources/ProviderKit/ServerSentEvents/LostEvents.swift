/// The events of an answer that could not be read, and whether a piece of its message may have been in one.
package struct LostEvents: Sendable {
    package private(set) var count = 0
    /// Whether one was lost inside the message: then no tool call of it is to be believed.
    package private(set) var mayHoldPiece = false

    package init() {}

    /// What comes after the end of the message can have been none of its pieces.
    package mutating func add(afterEnd: Bool) {
        count += 1
        if !afterEnd { mayHoldPiece = true }
    }

    /// More of the message has come: what was lost after its seeming end was lost inside it.
    package mutating func messageGoesOn() {
        if count > 0 { mayHoldPiece = true }
    }
}
