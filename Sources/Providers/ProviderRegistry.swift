import Anthropic
import Gemini
import Groq
import Offline
import OpenAI
import OpenAICompatible
import OpenRouter
package import ProviderKit

/// The adapters of this server by their ids: the one place that names them.
package struct ProviderRegistry: Sendable {
    /// Every adapter in `Plugins/`.
    package static let standard = ProviderRegistry([
        OpenRouterProvider.self, OpenAIProvider.self, GeminiProvider.self, GroqProvider.self, AnthropicProvider.self,
        OpenAICompatibleProvider.self, OfflineProvider.self,
    ])

    private let types: [String: any ChatProvider.Type]
    /// What is known of each, in the order of their ids.
    package let descriptors: [ProviderDescriptor]

    /// Two adapters of one id are a mistake of whoever wrote the list: it traps.
    package init(_ types: [any ChatProvider.Type]) {
        self.types = Dictionary(types.map { ($0.descriptor.id, $0) }) { first, second in
            preconditionFailure("\(first) and \(second) both have the provider id \"\(first.descriptor.id)\"")
        }
        descriptors = types.map { $0.descriptor }.sorted { $0.id < $1.id }
    }

    /// What is known of the adapter with this id.
    package func descriptor(_ id: String) throws(UnknownProviderError) -> ProviderDescriptor {
        try type(id).descriptor
    }

    /// An adapter for one target of a tenant.
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
