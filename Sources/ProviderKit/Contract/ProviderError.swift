import Text

/// Why a call to a provider gave no answer.
package struct ProviderError: Error, Hashable, Sendable {
    /// What kind of trouble: it decides about retry, fallback and the code that the client sees.
    package enum Kind: String, Sendable, CaseIterable {
        /// The key is missing, wrong, or may not use this (401, 403).
        case key
        /// No credit: money is never retried (402, insufficient_quota).
        case credit
        /// The model is not known or not to be had (404).
        case model
        /// Refused by policy or moderation; not to be routed around.
        case policy
        /// The conversation is too long for the model.
        case context
        /// Any other refusal of the request as it was sent (400, 413, 422).
        case request
        case rateLimited
        /// The provider failed or is overloaded (5xx).
        case overloaded
        /// No room of our own for one more connection: that says nothing of the provider.
        case noRoom
        /// No connection, or it broke before the answer began.
        case unreachable
        /// No sign of an answer within `ProviderTimeouts.firstByte`.
        case firstByteTimeout
        /// The answer stalled for `ProviderTimeouts.idle`.
        case idleTimeout
        /// The answer ended before the model said that it had ended.
        case truncated
        /// What came back is no answer that we understand.
        case misbehaved
    }

    package let kind: Kind
    /// For the operator's log: bounded, printable, never a secret, never shown to the end user.
    package let detail: String
    /// How long the provider asks us to wait.
    package let retryAfter: Duration?
    /// The HTTP status, where there was one.
    package let status: Int?
    /// What the provider, or whoever knows it, says about asking again; nil leaves it to the kind.
    package let isRetryable: Bool?

    package init(
        _ kind: Kind, _ detail: String, retryAfter: Duration? = nil, status: Int? = nil, isRetryable: Bool? = nil
    ) {
        self.kind = kind
        // Here, as it is mostly the provider's own words: codes as well as messages.
        self.detail = detail.printable(limit: 500)
        self.retryAfter = retryAfter
        self.status = status
        self.isRetryable = isRetryable
    }
}
