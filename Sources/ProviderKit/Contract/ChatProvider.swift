package import Foundation

/// An adapter for one provider; each adapter in `Plugins/` conforms to it.
///
/// An adapter is a stateless value, created for each target of a tenant, and one call is one attempt. The caller is
/// responsible for retries, fallbacks and the deadline.
package protocol ChatProvider: Sendable {
    /// The description of the adapter for the registry, `steward provider list` and the checks of tenant files.
    static var descriptor: ProviderDescriptor { get }

    /// Creates an adapter after checking the settings, without any I/O.
    init(settings: ProviderSettings, transport: ProviderTransport) throws(ProviderConfigurationError)

    /// The model named in requests.
    var model: String { get }

    /// Sends the conversation and returns the model's complete message.
    ///
    /// Text is passed to `emit` as it arrives. Tool calls are only in the returned completion, because they are not
    /// reliable before the message is complete. An error thrown by `emit` ends the call and is rethrown. Cancelling the
    /// task closes the connection. Implementations must not block the executor for more than a millisecond; longer
    /// computations run in `OffLoop.run`.
    ///
    /// - Throws: `ProviderError`, `CancellationError`, or the error of `emit`.
    func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion

    /// Returns the models available to this key; nil when the provider does not list them.
    ///
    /// - Throws: `ProviderError`, `CancellationError`.
    func models() async throws -> [ProviderModel]?

    /// Returns the meaning of the user's last message by fixed rules; nil for an adapter that asks a model.
    ///
    /// - Throws: `CancellationError`.
    func reading(_ request: ChatRequest) async throws -> MessageReading?

    /// Returns the time or the repetition that words name by fixed rules, in less than a millisecond; nil where they name
    /// none, and for an adapter that asks a model.
    func moment(_ words: String, now: Date, timeZone: TimeZone) -> SpokenMoment?
}

extension ChatProvider {
    package func reading(_ request: ChatRequest) async throws -> MessageReading? { nil }

    package func moment(_ words: String, now: Date, timeZone: TimeZone) -> SpokenMoment? { nil }

    package func models() async throws -> [ProviderModel]? { nil }
}
