/// How much a user may still chat, for the headers of an answer.
package struct ChatAllowance: Sendable, Hashable {
    package let perMinute: Int
    package let remaining: Int
    /// Until all of it is there again.
    package let reset: Duration
    /// When to come again; nil where nothing was refused.
    package var retryAfter: Duration?
}
