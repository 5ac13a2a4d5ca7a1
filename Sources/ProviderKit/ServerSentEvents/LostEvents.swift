/// The unreadable events of an answer, and whether they may contain parts of its message.
package struct LostEvents: Sendable {
    package private(set) var count = 0
    /// Whether an event within the message was lost, so that its tool calls are not reliable.
    package private(set) var mayHoldPiece = false

    package init() {}

    /// Counts a lost event; one after the end of the message cannot be a part of it.
    package mutating func add(afterEnd: Bool) {
        count += 1
        if !afterEnd { mayHoldPiece = true }
    }

    /// Reports that the message continues after its apparent end, so that events lost in between belong to it.
    package mutating func messageGoesOn() {
        if count > 0 { mayHoldPiece = true }
    }
}
