import Text

/// The reason why a call to a provider failed.
package struct ProviderError: Error, Hashable, Sendable {
    /// The category of the error, which determines retries, fallbacks and the code sent to the client.
    package enum Kind: String, Sendable, CaseIterable {
        /// The key is missing, wrong or lacks a permission (401, 403).
        case key
        /// There is no credit, which is never retried (402, insufficient_quota).
        case credit
        /// The model is unknown or unavailable (404).
        case model
        /// Refused by policy or moderation; other targets are not tried.
        case policy
        /// The conversation exceeds the model's context.
        case context
        /// Any other refusal of the request (400, 413, 422).
        case request
        case rateLimited
        /// The provider failed or is overloaded (5xx).
        case overloaded
        /// This server has no resources for another connection, which says nothing about the provider.
        case noRoom
        /// The connection failed, or broke before the answer began.
        case unreachable
        /// No part of an answer arrived within `ProviderTimeouts.firstByte`.
        case firstByteTimeout
        /// No further part arrived within `ProviderTimeouts.idle`.
        case idleTimeout
        /// The answer ended without the end of the model's message.
        case truncated
        /// The answer is not valid.
        case misbehaved
    }

    package let kind: Kind
    /// Details for the operator's log: bounded, printable, without secrets, and not shown to users.
    package let detail: String
    /// The delay requested by the provider.
    package let retryAfter: Duration?
    /// The HTTP status, if there was one.
    package let status: Int?
    /// Whether a retry is useful, if the provider or the caller knows; nil if the kind decides.
    package let isRetryable: Bool?
    /// Whether a complete answer arrived that says nothing: the target works, whatever its model is worth.
    package let isEmptyAnswer: Bool

    package init(
        _ kind: Kind, _ detail: String, retryAfter: Duration? = nil, status: Int? = nil, isRetryable: Bool? = nil,
        isEmptyAnswer: Bool = false
    ) {
        self.kind = kind
        // Sanitized here, because codes and messages mostly come from the provider.
        self.detail = detail.printable(limit: 500)
        self.retryAfter = retryAfter
        self.status = status
        self.isRetryable = isRetryable
        self.isEmptyAnswer = isEmptyAnswer
    }
}
