package import Identity
package import Tenants

/// A user's message, checked, and what it is sent with.
package struct TurnRequest: Sendable {
    package let account: Account
    /// The tenant as it was when the request came: a reload does not change a running turn.
    package let tenant: Tenant
    /// Nil begins a new conversation.
    package let conversation: Int?
    package let message: String
    /// The user's own yes to what an earlier turn asked about.
    package let confirmsChanges: Bool
    package let idempotency: IdempotencyClaim?

    package init(
        account: Account, tenant: Tenant, conversation: Int?, message: String, confirmsChanges: Bool = false,
        idempotency: IdempotencyClaim? = nil
    ) {
        self.account = account
        self.tenant = tenant
        self.conversation = conversation
        self.message = message
        self.confirmsChanges = confirmsChanges
        self.idempotency = idempotency
    }

    /// Whether the user says yes here: in the request itself, which no model writes.
    var isConfirmation: Bool { confirmsChanges || Consent.isGiven(in: message) }
}

/// The idempotency key of a request, and a hash of the request that it stands for.
package struct IdempotencyClaim: Sendable, Hashable {
    package let key: String
    /// Equal for equal requests only; the front that received the request defines it.
    package let requestHash: [UInt8]

    package init(key: String, requestHash: [UInt8]) {
        self.key = key
        self.requestHash = requestHash
    }
}
