package import Identity

/// A tenant's file as it stands, before secrets are looked for: `tenant create` and `show` need no more.
package struct TenantFile: Sendable {
    package static let sizeLimit = 64 * 1024

    /// Nil when the file does not say; the id then serves.
    package let name: String?
    /// `provider`, then `fallbacks`.
    package let targets: [TargetDefinition]
    package let assistant: AssistantSettings
    package let limits: TenantLimits
    package let maxTokenLife: Duration
    package let allowedOrigins: [String]

    /// The tenant, if every target has what its adapter needs; otherwise all that is missing.
    package func resolve(
        id: TenantID, file: String, catalogue: ProviderCatalogue, secrets: SecretSources
    ) -> (tenant: Tenant?, problems: [TenantProblem]) {
        let log = ProblemLog(file: file)
        let chain = targets.compactMap { $0.resolve(tenant: id, catalogue: catalogue, secrets: secrets, problems: log) }
        guard log.isEmpty else { return (nil, log.problems) }
        let tenant = Tenant(
            id: id, name: name ?? id.rawValue, chain: chain, assistant: assistant, limits: limits,
            maxTokenLife: maxTokenLife, allowedOrigins: allowedOrigins)
        return (tenant, [])
    }
}
