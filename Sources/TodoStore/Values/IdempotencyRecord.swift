package import Time

/// The stored state of a request with an `Idempotency-Key`.
package struct IdempotencyRecord: Sendable, Hashable {
    package let state: State
    /// The hash of method, path and body.
    package let requestHash: [UInt8]
    package let turnID: Int?
    /// The answer, once the state is `done`.
    package let status: Int?
    /// The body; nil for an answer that was too large to be stored.
    package let body: String?
    package let createdAt: Timestamp

    package init(
        state: State, requestHash: [UInt8], turnID: Int?, status: Int?, body: String?, createdAt: Timestamp
    ) {
        self.state = state
        self.requestHash = requestHash
        self.turnID = turnID
        self.status = status
        self.body = body
        self.createdAt = createdAt
    }

    /// The time for which a key is kept.
    package static let lifetimeSeconds = 24 * 3600

    /// The progress of a request with an `Idempotency-Key`.
    package enum State: String, CaseIterable, Sendable {
        case running, done, interrupted
        /// The request has ended the process twice, and is not tried again.
        case abandoned
    }
}
