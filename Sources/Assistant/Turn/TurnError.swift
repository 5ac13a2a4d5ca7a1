package import ProviderKit

/// The reason for which a turn has no complete answer.
package enum TurnError: Error, Sendable {
    case conversationNotFound
    /// Too many turns of this conversation are waiting.
    case conversationBusy
    /// The user, or the tenant as a whole, has exceeded the chat limits of the tenant's file.
    case rateLimited(ChatAllowance)
    /// The server runs as many turns as it can.
    case overloaded
    case draining
    /// Another request with the same idempotency key is running.
    case idempotencyConflict
    /// The idempotency key was used for a different request.
    case idempotencyMismatch
    /// The server has ended twice while the request ran; it is not tried again.
    case abandoned
    /// The request was answered before, with this outcome.
    case replay(TurnOutcome)
    /// No target of the chain gave a complete answer; the error is that of the last target.
    case provider(ProviderError, provider: String)
    /// The deadline of the turn has passed.
    case deadline
    /// The model still called tools after its last round.
    case tooManyRounds
    /// The caller left, or the server shut down.
    case interrupted
    /// The store failed.
    case store(any Error)
}
