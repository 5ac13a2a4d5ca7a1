package import Identity

/// A tenant as configured by its file: validated, with defaults and resolved secrets.
package struct Tenant: Sendable, Equatable {
    package let id: TenantID
    package var name: String
    /// The targets for its chats, in the order in which they are tried; never empty.
    package var chain: [ProviderTarget]
    package var assistant: AssistantSettings
    package var limits: TenantLimits
    /// The maximum lifetime of its own tokens.
    package var maxTokenLife: Duration
    /// The origins allowed by CORS, each a scheme, host and port.
    package var allowedOrigins: [String]
    /// The place of its users' data.
    package var place: StorePlace

    package init(
        id: TenantID, name: String, chain: [ProviderTarget], assistant: AssistantSettings = AssistantSettings(),
        limits: TenantLimits = TenantLimits(), maxTokenLife: Duration = Tenant.defaultMaxTokenLife,
        allowedOrigins: [String] = [], place: StorePlace = .dataFolder
    ) {
        self.id = id
        self.name = name
        self.chain = chain
        self.assistant = assistant
        self.limits = limits
        self.maxTokenLife = maxTokenLife
        self.allowedOrigins = allowedOrigins
        self.place = place
    }

    package static let defaultMaxTokenLife = Duration.seconds(24 * 3600)

    /// The maximum length of an allowed origin, in bytes; a host has at most 253.
    package static let longestOrigin = 300
}
