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
    /// The name of its store; nil for the default.
    package let store: String?
    let storePosition: TextPosition

    /// Returns the tenant, or all problems if a target lacks what its adapter needs, or there is no such store.
    package func resolve(
        id: TenantID, file: String, registry: ProviderRegistry, secrets: SecretSources, stores: Stores = .dataFolderOnly
    ) -> (tenant: Tenant?, problems: [TenantProblem]) {
        let log = ProblemLog(file: file)
        let place = stores.place(store)
        if place == nil, let store {
            log.add(
                storePosition, "store",
                stores.definitions.isEmpty
                    ? "names a store, but there is no stores.yaml"
                    : "is not in stores.yaml\(Suggestion.text(for: store, among: stores.definitions.keys))")
        }
        let chain = targets.compactMap { $0.resolve(tenant: id, registry: registry, secrets: secrets, problems: log) }
        guard log.isEmpty else { return (nil, log.problems) }
        let tenant = Tenant(
            id: id, name: name ?? id.rawValue, chain: chain, assistant: assistant, limits: limits,
            maxTokenLife: maxTokenLife, allowedOrigins: allowedOrigins, place: place ?? .dataFolder)
        return (tenant, [])
    }
}
