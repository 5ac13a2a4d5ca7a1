package import Identity
internal import JSON
package import ProviderKit
import Time

/// The file of a new tenant: the chosen settings, and the other ones as comments.
package struct TenantTemplate: Sendable {
    package let id: TenantID
    package let name: String?
    package let provider: ProviderDescriptor
    /// The model; nil for the provider's default.
    package let model: String?
    /// The reference to the API key; nil for a variable named after tenant and provider, if the provider needs a key.
    package let apiKey: SecretReference?
    package let baseURL: String?

    package init(
        id: TenantID, name: String? = nil, provider: ProviderDescriptor, model: String? = nil,
        apiKey: SecretReference? = nil, baseURL: String? = nil
    ) {
        self.id = id
        self.name = name
        self.provider = provider
        self.model = model
        self.apiKey =
            apiKey
            ?? (provider.needsAPIKey
                ? .environment("\(Self.upper(id.rawValue))_\(Self.upper(provider.id))_API_KEY") : nil)
        self.baseURL = baseURL
    }

    /// Reads the provider, model and key from the variables of a `.env` file: `LLM_PROVIDER` and, prefixed with the
    /// name of the provider, `OPENROUTER_API_KEY`, `OPENROUTER_MODEL` or `OPENROUTER_DEFAULT_MODEL`,
    /// `OPENROUTER_BASE_URL`.
    ///
    /// Returns nil when no variable names a known provider. Keys are not copied: the file refers to their variables.
    package init?(
        id: TenantID, name: String? = nil, providerID: String? = nil, variables: [String: String],
        registry: ProviderRegistry
    ) {
        func value(_ provider: String, _ suffix: String) -> String? {
            variables["\(Self.upper(provider))_\(suffix)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        let named = providerID ?? variables["LLM_PROVIDER"]?.lowercased()
        guard
            let provider = registry.descriptors.first(where: { descriptor in
                named.map { $0 == descriptor.id } ?? (value(descriptor.id, "API_KEY") != nil)
            })
        else { return nil }
        self.init(
            id: id, name: name, provider: provider,
            model: value(provider.id, "MODEL") ?? value(provider.id, "DEFAULT_MODEL"),
            apiKey: value(provider.id, "API_KEY").map { _ in .environment("\(Self.upper(provider.id))_API_KEY") },
            baseURL: value(provider.id, "BASE_URL"))
    }

    private static func upper(_ id: String) -> String { id.uppercased().replacing("-", with: "_") }

    /// The YAML text. Values are quoted as JSON, which YAML includes.
    package var text: String {
        func quoted(_ text: String) -> String { JSONValue.string(text).text }
        var lines = [
            "# The tenant \(id). Check an edit with: steward tenant check \(id)",
            "name: \(quoted(name ?? id.rawValue))",
            "provider: \(provider.id)",
            "# fallbacks: [offline]   # provider, or provider/model, in order",
            "providers:",
            "  \(provider.id):",
            model.map { "    model: \(quoted($0))" }
                ?? "    # model: \(provider.defaultModel ?? "…")\(provider.defaultModel == nil ? "" : "   # the default")",
        ]
        if let apiKey {
            lines.append("    # or file:PATH, credential:NAME (systemd), sealed:… (steward secret seal)")
            lines.append("    api_key: \(apiKey)")
        }
        if let baseURL {
            lines.append("    base_url: \(quoted(baseURL))")
        } else if provider.needsBaseURL {
            lines.append("    # base_url: https://…   # required")
        }
        lines += [
            "    timeouts: {first_byte: \(provider.timeouts.firstByte.unitText), idle: \(provider.timeouts.idle.unitText)}",
            "assistant:",
            "  time_zone: UTC",
            "  # instructions: Answer in the language of the user.",
            "# limits: {chats_per_minute: 10, concurrent_chats: 4, requests_per_minute: 600, users: 10000, tasks: 10000}",
            "# tokens: {max_life: 24h}",
            "# allowed_origins: [https://todo.example]",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
