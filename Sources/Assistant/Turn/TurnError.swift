package import JSON
package import ProviderKit

/// Why a turn has no complete answer.
package enum TurnError: Error, Sendable {
    case conversationNotFound
    /// Too many turns of this conversation wait already.
    case conversationBusy
    /// More chats than the tenant's file allows a user, or the whole tenant.
    case rateLimited(ChatAllowance)
    /// Too many turns run in this server.
    case overloaded
    case draining
    /// Another request with this Idempotency-Key is running.
    case idempotencyConflict
    /// The Idempotency-Key was used for another request.
    case idempotencyMismatch
    /// The request has ended the server twice while it ran, and is not tried again.
    case abandoned
    /// The request was answered before: its stored answer.
    case replay(status: Int, body: JSONValue)
    /// No target of the chain gave a complete answer; the last one's reason.
    case provider(ProviderError, provider: String)
    /// The whole turn ran out of time.
    case deadline
    /// The model still called tools when its rounds were used up.
    case tooManyRounds
    /// The client left, or the server shut down.
    case interrupted
    /// The user's database refused.
    case store(any Error)
}
