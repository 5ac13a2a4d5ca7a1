import JSON
import ProviderKit

/// The keys of a tenant's section that only OpenRouter has.
struct OpenRouterOptions {
    /// The members that they add to each request's body.
    private(set) var requestMembers = JSONObject()
    /// The header fields that they set.
    private(set) var headers: [(name: String, value: String)] = []

    /// The accepted keys of `provider` (OpenRouter's provider routing).
    private static let preferences: Set<String> = [
        "order", "only", "ignore", "allow_fallbacks", "require_parameters", "data_collection", "zdr",
        "enforce_distillable_text", "quantizations", "sort", "preferred_min_throughput", "preferred_max_latency",
        "max_price",
    ]

    init(_ options: JSONObject) throws(ProviderConfigurationError) {
        var fields = OptionReader(options, provider: OpenRouterProvider.descriptor.id)
        if let models = fields.strings("models") { requestMembers["models"] = .array(models.map { .string($0) }) }
        if let provider = fields.map("provider") {
            for name in provider.names where !Self.preferences.contains(name) {
                fields.fail(
                    "provider.\(name)",
                    "is unknown; OpenRouter supports \(Self.preferences.sorted().joined(separator: ", "))")
            }
            requestMembers["provider"] = .object(provider)
        }
        for (key, header) in [("site_url", "HTTP-Referer"), ("app_title", "X-OpenRouter-Title")] {
            if let value = fields.headerText(key) { headers.append((header, value)) }
        }
        try fields.finish()
    }
}
