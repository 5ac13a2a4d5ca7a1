import JSON
package import ProviderKit

/// An adapter for open models on Groq's hardware: https://groq.com.
package struct GroqProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "groq", name: "Groq", summary: "Open models on fast hardware.", defaultModel: "llama-3.3-70b-versatile",
        options: [
            ProviderOption(key: "service_tier", summary: "on_demand, flex, auto or performance"),
            ProviderOption(
                key: "reasoning_effort", summary: "the reasoning effort of reasoning models (none, low, high, …)"),
        ])

    private let client: ChatCompletionsClient

    package var model: String { client.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        var options = OptionReader(settings.options, provider: Self.descriptor.id)
        var members = JSONObject()
        for key in ["service_tier", "reasoning_effort"] { members[key] = options.word(key).map { .string($0) } }
        try options.finish()
        client = ChatCompletionsClient(
            try ProviderEndpoint(settings, Self.descriptor, baseURL: "https://api.groq.com/openai/v1"),
            dialect: ChatCompletionsDialect(
                callEcho: [], usagePaths: [["usage"], ["x_groq", "usage"]],
                tokenLimitField: "max_completion_tokens", fixedMembers: members, rescuesTextCalls: true),
            transport: transport)
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        do {
            return try await client.complete(request, emit: emit)
        } catch let error as ProviderError where error.kind == .request && error.status == 422 {
            // Groq's code for an invalid output of the model; another sample may be valid.
            throw ProviderError(error.kind, error.detail, status: error.status, isRetryable: true)
        }
    }

    package func models() async throws -> [ProviderModel]? { try await client.models() }
}
