internal import Identity
package import JSON
package import ProviderKit

/// A target of the chain, as in the file: the section of its provider, with the model of a `provider/model` fallback.
package struct TargetDefinition: Sendable {
    package let providerID: String
    /// The model; nil for the adapter's default.
    package let model: String?
    package let apiKey: SecretReference?
    package let baseURL: String?
    package let allowPrivate: Bool
    package let timeouts: ProviderTimeouts
    package let options: JSONObject
    /// The position of the provider's section or, without one, of the provider's name.
    let position: TextPosition
    /// The positions of the section's values.
    let positions: [String: TextPosition]

    func resolve(
        tenant: TenantID, registry: ProviderRegistry, secrets: SecretSources, problems: ProblemLog
    ) -> ProviderTarget? {
        guard let descriptor = registry[providerID] else { return nil }
        func fail(_ key: String, _ message: String) {
            problems.add(positions[key] ?? position, "providers.\(providerID).\(key)", message)
        }
        var settings = ProviderSettings(
            model: model, baseURL: baseURL, allowPrivate: allowPrivate, timeouts: timeouts, options: options)
        if let apiKey {
            do {
                settings.apiKey = try secrets.resolve(apiKey, tenant: tenant, provider: providerID)
            } catch {
                fail("api_key", error.description)
            }
        } else if descriptor.needsAPIKey {
            fail("api_key", "is required by \(providerID): env:NAME, file:PATH, credential:NAME or sealed:…")
        }
        if descriptor.needsBaseURL, baseURL == nil { fail("base_url", "is required by \(providerID)") }
        if descriptor.defaultModel == nil, model == nil {
            fail("model", "is required by \(providerID), which has no default")
        }
        guard problems.isEmpty else { return nil }
        if let error = registry.check(providerID, settings) {
            fail(error.key, error.message)
            return nil
        }
        return ProviderTarget(providerID: providerID, settings: settings, keyReference: apiKey?.description)
    }
}
