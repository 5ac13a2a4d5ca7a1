package import Time

/// What is known of a request with an `Idempotency-Key`.
package struct IdempotencyRecord: Sendable, Hashable {
    package let state: IdempotencyState
    /// Of method, path and body.
    package let requestHash: [UInt8]
    package let turnID: Int?
    /// The answer, once the state is `done`.
    package let status: Int?
    /// Nil for an answer that was too large to be kept.
    package let body: String?
    package let createdAt: Timestamp

    package init(
        state: IdempotencyState, requestHash: [UInt8], turnID: Int?, status: Int?, body: String?, createdAt: Timestamp
    ) {
        self.state = state
        self.requestHash = requestHash
        self.turnID = turnID
        self.status = status
        self.body = body
        self.createdAt = createdAt
    }

    /// How long a key is remembered.
    package static let lifetimeSeconds = 24 * 3600
}
