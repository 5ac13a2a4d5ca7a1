import JSON
package import ProviderKit

/// An adapter for Google's models, over their OpenAI-compatible endpoint: https://ai.google.dev.
package struct GeminiProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "gemini", name: "Google Gemini", summary: "Google's models.", defaultModel: "gemini-2.5-flash",
        options: [
            ProviderOption(key: "reasoning_effort", summary: "the reasoning effort (none, low, medium, high)")
        ])

    private let client: ChatCompletionsClient

    package var model: String { client.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        var options = OptionReader(settings.options, provider: Self.descriptor.id)
        var members: JSONObject = ["stream_options": ["include_usage": true]]
        members["reasoning_effort"] = options.word("reasoning_effort").map { .string($0) }
        try options.finish()
        client = ChatCompletionsClient(
            try ProviderEndpoint(
                settings, Self.descriptor, baseURL: "https://generativelanguage.googleapis.com/v1beta/openai"),
            // Google refuses requests with unknown members.
            dialect: ChatCompletionsDialect(callEcho: ThoughtSignatures.fields, fixedMembers: members),
            transport: transport)
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        var request = request
        if ThoughtSignatures.areNeeded(by: model) {
            request.messages = request.messages.map(ThoughtSignatures.replayable)
        }
        return try await client.complete(request, emit: emit)
    }

    package func models() async throws -> [ProviderModel]? { try await client.models() }
}
