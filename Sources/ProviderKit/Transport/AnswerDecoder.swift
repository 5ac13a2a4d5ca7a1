package import NIOCore

/// Turns the bytes of one answer into text, and at its end into a completion: a wire format without its connection.
package protocol AnswerDecoder: Sendable {
    /// Takes bytes that may be cut anywhere.
    mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress

    /// The model's message, once the phase is `over` or the body has ended.
    mutating func end() throws(ProviderError) -> DecodedAnswer

    /// What a response with another status than 2xx means: hardly ever an answer.
    func refusal(status: Int, headers: ProviderHeaders, body: ByteBuffer) throws(ProviderError) -> DecodedAnswer
}

/// What some bytes brought.
package struct AnswerProgress: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        case writing
        /// The model has ended its message; usage may follow.
        case complete
        /// Nothing that follows matters; it may have failed, which `end()` tells.
        case over
    }

    /// Whether the model has written anything yet.
    package var hasBegun = false
    package var text = ""
    /// Whether these bytes brought a sign of life that is part of the answer.
    package var heard = false
    package var phase = Phase.writing

    package init() {}
}

/// A completion, and the text of it that `AnswerProgress` has not told.
package struct DecodedAnswer: Sendable, Hashable {
    package var completion: ChatCompletion
    package var heldText: String
    /// Damaged events that were skipped.
    package var damagedEvents: Int

    package init(completion: ChatCompletion, heldText: String = "", damagedEvents: Int = 0) {
        self.completion = completion
        self.heldText = heldText
        self.damagedEvents = damagedEvents
    }
}
