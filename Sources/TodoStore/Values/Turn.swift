package import Time

/// A turn: a message of the user and its consequences.
package struct Turn: Sendable, Hashable {
    package let id: Int
    package let conversationID: Int
    package let status: TurnStatus
    package let startedAt: Timestamp
    package let endedAt: Timestamp?
    package let idempotencyKey: String?
    package let userMessage: String
    /// The contract's error code of a turn that failed.
    package let errorCode: String?

    package init(
        id: Int, conversationID: Int, status: TurnStatus, startedAt: Timestamp, endedAt: Timestamp?,
        idempotencyKey: String?, userMessage: String, errorCode: String?
    ) {
        self.id = id
        self.conversationID = conversationID
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.idempotencyKey = idempotencyKey
        self.userMessage = userMessage
        self.errorCode = errorCode
    }
}
