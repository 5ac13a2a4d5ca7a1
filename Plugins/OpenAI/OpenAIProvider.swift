import JSON
package import ProviderKit

/// An adapter for OpenAI's own models: https://platform.openai.com.
package struct OpenAIProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "openai", name: "OpenAI", summary: "OpenAI's own models.", defaultModel: "gpt-4o-mini",
        options: [
            ProviderOption(key: "organization", summary: "the organization that is billed (org-…)"),
            ProviderOption(key: "project", summary: "the project that is billed (proj_…)"),
            ProviderOption(
                key: "reasoning_effort", summary: "the reasoning effort of reasoning models (low, medium, high, …)"),
        ])

    private let client: ChatCompletionsClient

    package var model: String { client.model }

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        var options = OptionReader(settings.options, provider: Self.descriptor.id)
        var headers: [(name: String, value: String)] = []
        if let organization = options.headerText("organization") {
            headers.append(("OpenAI-Organization", organization))
        }
        if let project = options.headerText("project") { headers.append(("OpenAI-Project", project)) }
        var members: JSONObject = ["stream_options": ["include_usage": true]]
        members["reasoning_effort"] = options.word("reasoning_effort").map { .string($0) }
        try options.finish()
        client = ChatCompletionsClient(
            try ProviderEndpoint(settings, Self.descriptor, baseURL: "https://api.openai.com/v1"),
            dialect: ChatCompletionsDialect(
                callEcho: [], tokenLimitField: "max_completion_tokens", fixedMembers: members, longestCallID: 40),
            headers: headers, transport: transport)
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        try await client.complete(request, emit: emit)
    }

    package func models() async throws -> [ProviderModel]? { try await client.models() }
}
