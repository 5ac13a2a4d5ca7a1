import JSON
package import ProviderKit

/// An adapter for any server with OpenAI's chat completions API: Ollama, llama.cpp, vLLM, LiteLLM and others.
package struct OpenAICompatibleProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "openai-compatible", name: "OpenAI-compatible server",
        summary: "Your own server: Ollama, llama.cpp, vLLM, LiteLLM, …", defaultModel: nil, needsAPIKey: false,
        needsBaseURL: true,
        // A processor reads a prompt at 20 to 100 tokens per second, and writes nothing meanwhile.
        timeouts: ProviderTimeouts(firstByte: .seconds(180), idle: .seconds(60)),
        options: [
            ProviderOption(
                key: "rescue_text_calls", summary: "false shows tool calls that the model wrote as text"),
            ProviderOption(key: "stream_usage", summary: "false omits stream_options, which old servers refuse"),
        ])

    private let client: ChatCompletionsClient

    package var model: String { client.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        var options = OptionReader(settings.options, provider: Self.descriptor.id)
        let rescues = options.bool("rescue_text_calls") ?? true
        let countsTokens = options.bool("stream_usage") ?? true
        try options.finish()
        client = ChatCompletionsClient(
            try ProviderEndpoint(settings, Self.descriptor),
            dialect: ChatCompletionsDialect(
                fixedMembers: countsTokens ? ["stream_options": ["include_usage": true]] : [:],
                rescuesTextCalls: rescues),
            transport: transport)
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        try await client.complete(request, emit: emit)
    }

    package func models() async throws -> [ProviderModel]? { try await client.models() }
}
