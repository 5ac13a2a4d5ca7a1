package import Identity
package import Tenants

/// The validated message of a user, with its options.
package struct TurnRequest: Sendable {
    package let account: Account
    /// The tenant when the request arrived: a reload does not change a running turn.
    package let tenant: Tenant
    /// The conversation; nil for a new one.
    package let conversation: Int?
    package let message: String
    /// Whether the request confirms the changes of the turn before (`confirm: true`).
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

    /// Whether the user confirms in the request itself, which no model can write.
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
