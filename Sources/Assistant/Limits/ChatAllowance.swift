/// The remaining chats of a user, for the headers of an answer.
package struct ChatAllowance: Sendable, Hashable {
    package let perMinute: Int
    package let remaining: Int
    /// The time until the full allowance is available.
    package let reset: Duration
    /// The delay before a retry; nil when nothing was refused.
    package var retryAfter: Duration?
}
