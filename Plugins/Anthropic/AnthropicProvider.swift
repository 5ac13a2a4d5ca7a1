import JSON
package import ProviderKit

/// An adapter for Anthropic's Claude models, over the Messages API: https://docs.anthropic.com.
package struct AnthropicProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "anthropic", name: "Anthropic", summary: "Anthropic's Claude models.", defaultModel: "claude-haiku-4-5",
        options: [
            ProviderOption(
                key: "max_tokens",
                summary: "a smaller limit on the tokens of an answer than assistant.max_output_tokens")
        ])

    private static let version = "2023-06-01"

    private let endpoint: ProviderEndpoint
    private let maxTokens: Int?
    private let transport: ProviderTransport

    package var model: String { endpoint.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        var options = OptionReader(settings.options, provider: Self.descriptor.id)
        maxTokens = options.integer("max_tokens", in: 1...1_000_000)
        try options.finish()
        endpoint = try ProviderEndpoint(settings, Self.descriptor, baseURL: "https://api.anthropic.com/v1")
        self.transport = transport
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        // The API requires a limit.
        let limit = [request.maxOutputTokens, maxTokens].compactMap(\.self).min() ?? 4096
        let body = MessagesBody.encode(request, model: endpoint.model, maxTokens: limit)
        return try await transport.answer(
            to: endpoint.request("/messages", credential: credential, headers: headers, body: body),
            provider: endpoint.provider, decoder: MessagesDecoder(model: endpoint.model, now: request.now), emit: emit)
    }

    package func models() async throws -> [ProviderModel]? {
        try await transport.models(
            from: endpoint.request("/models?limit=1000", credential: credential, headers: headers))
    }

    private var credential: ProviderCredential? { endpoint.apiKey.map { .field("x-api-key", $0) } }

    private var headers: [(name: String, value: String)] { [("anthropic-version", Self.version)] }
}
