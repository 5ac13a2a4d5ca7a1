import JSON
package import ProviderKit

/// An adapter for the models of many vendors, over OpenRouter: https://openrouter.ai.
package struct OpenRouterProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "openrouter", name: "OpenRouter", summary: "Hundreds of models of many vendors, including free ones.",
        defaultModel: "openai/gpt-oss-20b:free",
        options: [
            ProviderOption(key: "models", summary: "models to fall back to inside OpenRouter, in order"),
            ProviderOption(key: "provider", summary: "the vendors that may serve the model (order, only, ignore, …)"),
            ProviderOption(key: "site_url", summary: "the address of your site, for OpenRouter's rankings"),
            ProviderOption(key: "app_title", summary: "the name of your app, for OpenRouter's rankings"),
        ])

    private let client: ChatCompletionsClient

    package var model: String { client.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        let options = try OpenRouterOptions(settings.options)
        client = ChatCompletionsClient(
            try ProviderEndpoint(settings, Self.descriptor, baseURL: "https://openrouter.ai/api/v1"),
            dialect: ChatCompletionsDialect(
                messageEcho: [ReasoningDetails.field], fixedMembers: options.requestMembers),
            headers: options.headers, transport: transport)
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        var request = request
        request.messages = request.messages.map(ReasoningDetails.replayable)
        return try await client.complete(request, emit: emit)
    }

    package func models() async throws -> [ProviderModel]? { try await client.models() }
}
