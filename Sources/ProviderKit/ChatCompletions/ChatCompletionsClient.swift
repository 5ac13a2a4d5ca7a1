/// A client of one server with OpenAI's chat completions API, for one target of a tenant. Most adapters consist of it.
package struct ChatCompletionsClient: Sendable {
    private let endpoint: ProviderEndpoint
    private let dialect: ChatCompletionsDialect
    private let headers: [(name: String, value: String)]
    private let transport: ProviderTransport

    package var model: String { endpoint.model }

    /// Creates a client.
    ///
    /// - Parameter headers: Header fields of every request, in addition to the common ones.
    package init(
        _ endpoint: ProviderEndpoint, dialect: ChatCompletionsDialect, headers: [(name: String, value: String)] = [],
        transport: ProviderTransport
    ) {
        self.endpoint = endpoint
        self.dialect = dialect
        self.headers = headers
        self.transport = transport
    }

    /// Makes one attempt; see `ChatProvider.complete`.
    package func complete(
        _ request: ChatRequest, emit: (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        let body = ChatCompletionsBody.encode(request, model: endpoint.model, dialect: dialect)
        return try await transport.answer(
            to: endpoint.request("/chat/completions", credential: credential, headers: headers, body: body),
            provider: endpoint.provider,
            decoder: ChatCompletionsDecoder(
                model: endpoint.model, dialect: dialect, tools: request.tools.map(\.name), now: request.now),
            emit: emit)
    }

    /// Returns the server's models; see `ChatProvider.models`.
    package func models() async throws -> [ProviderModel] {
        try await transport.models(from: endpoint.request("/models", credential: credential, headers: headers))
    }

    private var credential: ProviderCredential? { endpoint.apiKey.map { .bearer($0) } }
}
