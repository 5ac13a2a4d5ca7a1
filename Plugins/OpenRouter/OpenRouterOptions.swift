import JSON
import ProviderKit

/// The keys of a tenant's section that only OpenRouter has.
struct OpenRouterOptions {
    /// What they add to each request's body.
    private(set) var requestMembers = JSONObject()
    /// The header fields that they stand for.
    private(set) var headers: [(name: String, value: String)] = []

    /// What `provider` may hold (OpenRouter's provider routing).
    private static let preferences: Set<String> = [
        "order", "only", "ignore", "allow_fallbacks", "require_parameters", "data_collection", "zdr",
        "enforce_distillable_text", "quantizations", "sort", "preferred_min_throughput", "preferred_max_latency",
        "max_price",
    ]

    init(_ options: JSONObject) throws(ProviderConfigurationError) {
        var fields = FieldReader(options)
        if let models = fields.strings("models") { requestMembers["models"] = .array(models.map { .string($0) }) }
        if let provider = fields.optional("provider", \.object, "a map") {
            for name in provider.names where !Self.preferences.contains(name) {
                fields.fail(
                    "provider.\(name)",
                    "is not known; OpenRouter has \(Self.preferences.sorted().joined(separator: ", "))")
            }
            requestMembers["provider"] = .object(provider)
        }
        for (key, header) in [("site_url", "HTTP-Referer"), ("app_title", "X-OpenRouter-Title")] {
            guard let value = fields.string(key) else { continue }
            if !value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { fields.fail(key, "must be ASCII on one line") }
            headers.append((header, value))
        }
        do {
            try fields.finish()
        } catch {
            let first = error.errors.first
            throw ProviderConfigurationError(key: first?.field ?? "openrouter", first?.message ?? error.description)
        }
    }
}
