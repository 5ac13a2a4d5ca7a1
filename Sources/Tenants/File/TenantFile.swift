package import Identity
package import ProviderKit

/// The content of a tenant's file without its secrets, which is all that `tenant create` and `show` need.
package struct TenantFile: Sendable {
    package static let sizeLimit = 64 * 1024

    /// The name; nil when the file has none, so that the id is used.
    package let name: String?
    /// `provider`, then `fallbacks`.
    package let targets: [TargetDefinition]
    package let assistant: AssistantSettings
    package let limits: TenantLimits
    package let maxTokenLife: Duration
    package let allowedOrigins: [String]

    /// Returns the tenant, or all missing values if a target lacks what its adapter needs.
    package func resolve(
        id: TenantID, file: String, registry: ProviderRegistry, secrets: SecretSources
    ) -> (tenant: Tenant?, problems: [TenantProblem]) {
        let log = ProblemLog(file: file)
        let chain = targets.compactMap { $0.resolve(tenant: id, registry: registry, secrets: secrets, problems: log) }
        guard log.isEmpty else { return (nil, log.problems) }
        let tenant = Tenant(
            id: id, name: name ?? id.rawValue, chain: chain, assistant: assistant, limits: limits,
            maxTokenLife: maxTokenLife, allowedOrigins: allowedOrigins)
        return (tenant, [])
    }
}
