package import Identity

/// One organisation, as its file says: checked, with defaults filled in and secrets resolved.
package struct Tenant: Sendable, Equatable {
    package let id: TenantID
    package var name: String
    /// What answers its chats, in the order in which it is asked; never empty.
    package var chain: [ProviderTarget]
    package var assistant: AssistantSettings
    package var limits: TenantLimits
    /// The longest that its own tokens may live.
    package var maxTokenLife: Duration
    /// What CORS allows: scheme, host and port each.
    package var allowedOrigins: [String]

    package init(
        id: TenantID, name: String, chain: [ProviderTarget], assistant: AssistantSettings = AssistantSettings(),
        limits: TenantLimits = TenantLimits(), maxTokenLife: Duration = Tenant.defaultMaxTokenLife,
        allowedOrigins: [String] = []
    ) {
        self.id = id
        self.name = name
        self.chain = chain
        self.assistant = assistant
        self.limits = limits
        self.maxTokenLife = maxTokenLife
        self.allowedOrigins = allowedOrigins
    }

    package static let defaultMaxTokenLife = Duration.seconds(24 * 3600)

    /// Bytes of an allowed origin: a host has 253 at most.
    package static let longestOrigin = 300
}
