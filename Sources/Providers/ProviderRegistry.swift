import Anthropic
import Gemini
import Groq
import Offline
import OpenAI
import OpenAICompatible
import OpenRouter
package import ProviderKit

/// The provider adapters of this server by id. This is the only place that lists them.
package struct ProviderRegistry: Sendable {
    /// All adapters in `Plugins/`.
    package static let standard = ProviderRegistry([
        OpenRouterProvider.self, OpenAIProvider.self, GeminiProvider.self, GroqProvider.self, AnthropicProvider.self,
        OpenAICompatibleProvider.self, OfflineProvider.self,
    ])

    private let types: [String: any ChatProvider.Type]
    /// The descriptors of all adapters, sorted by id.
    package let descriptors: [ProviderDescriptor]

    /// Traps when two adapters have the same id, which is an error in the list.
    package init(_ types: [any ChatProvider.Type]) {
        self.types = Dictionary(types.map { ($0.descriptor.id, $0) }) { first, second in
            preconditionFailure("\(first) and \(second) both have the provider id \"\(first.descriptor.id)\"")
        }
        descriptors = types.map { $0.descriptor }.sorted { $0.id < $1.id }
    }

    /// Returns the descriptor of the adapter with this id.
    package func descriptor(_ id: String) throws(UnknownProviderError) -> ProviderDescriptor {
        try type(id).descriptor
    }

    /// Creates an adapter for one target of a tenant.
    ///
    /// - Throws: `UnknownProviderError` or `ProviderConfigurationError`.
    package func make(
        _ id: String, _ settings: ProviderSettings, transport: ProviderTransport
    ) throws -> any ChatProvider {
        try type(id).init(settings: settings, transport: transport)
    }

    private func type(_ id: String) throws(UnknownProviderError) -> any ChatProvider.Type {
        guard let type = types[id] else { throw UnknownProviderError(id: id, known: descriptors.map(\.id)) }
        return type
    }
}
