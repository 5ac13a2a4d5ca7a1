/// One way to reach a model: what every adapter in `Plugins/` is.
///
/// An adapter is a value without state: it is made for each tenant's target, and one call is one attempt. Retrying,
/// falling back and the turn's deadline are the caller's.
package protocol ChatProvider: Sendable {
    /// What the registry, `steward provider list` and the tenant file's checks know of this adapter.
    static var descriptor: ProviderDescriptor { get }

    /// Checks the settings. Nothing is opened, sent or read here.
    init(settings: ProviderSettings, transport: ProviderTransport) throws(ProviderConfigurationError)

    /// The model that a request asks for.
    var model: String { get }

    /// Sends the conversation and returns the model's message once it has ended properly.
    ///
    /// Text goes to `emit` as it comes; tool calls are only in the returned completion, as a call is not to be believed
    /// before its message has ended. What `emit` throws ends the call and is thrown on. Cancelling the task closes the
    /// connection to the provider. An implementation never holds the executor for over a millisecond: what computes for
    /// longer does so in `OffLoop.run`.
    /// - Throws: `ProviderError`, `CancellationError`, or what `emit` threw.
    func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion

    /// The models that this key can have; nil where the provider has no list of them.
    /// - Throws: `ProviderError`, `CancellationError`.
    func models() async throws -> [ProviderModel]?
}

extension ChatProvider {
    package func models() async throws -> [ProviderModel]? { nil }
}
