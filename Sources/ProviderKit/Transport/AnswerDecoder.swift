package import NIOCore

/// A decoder of one answer, from bytes to text and at the end a completion: a wire format without its connection.
package protocol AnswerDecoder: Sendable {
    /// Appends bytes that may be split anywhere.
    mutating func receive(_ bytes: ByteBuffer) -> AnswerProgress

    /// Returns the model's message, when the phase is `over` or the body has ended.
    mutating func end() throws(ProviderError) -> DecodedAnswer

    /// Handles a response with a status other than 2xx, which is nearly always an error.
    func refusal(status: Int, headers: ProviderHeaders, body: ByteBuffer) throws(ProviderError) -> DecodedAnswer
}

/// The result of appending bytes.
package struct AnswerProgress: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        case writing
        /// The message is complete; usage may follow.
        case complete
        /// The rest of the answer is irrelevant. It may have failed, in which case `end()` throws.
        case over
    }

    /// Whether the model has produced any output.
    package var hasBegun = false
    package var text = ""
    /// Whether the bytes contained a part of the answer.
    package var heard = false
    package var phase = Phase.writing

    package init() {}
}

/// A completion, and the part of its text that was not in `AnswerProgress`.
package struct DecodedAnswer: Sendable, Hashable {
    package var completion: ChatCompletion
    package var heldText: String
    /// The number of damaged events that were skipped.
    package var damagedEvents: Int
    /// Whether the model was still writing: its connection is closed, so that it stops.
    package var isUnfinished: Bool

    package init(
        completion: ChatCompletion, heldText: String = "", damagedEvents: Int = 0, isUnfinished: Bool = false
    ) {
        self.completion = completion
        self.heldText = heldText
        self.damagedEvents = damagedEvents
        self.isUnfinished = isUnfinished
    }
}
