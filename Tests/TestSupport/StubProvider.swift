package import ProviderKit

/// An adapter for tests of what is done before anybody is asked.
package struct StubProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "stub", name: "Stub", summary: "Has no answers.", defaultModel: "none")
    package let model = "none"

    package init() {}

    package init(settings: ProviderSettings, transport: ProviderTransport) throws(ProviderConfigurationError) {}

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        throw ProviderError(.unreachable, "a stub")
    }
}

extension ProviderRegistry {
    /// A registry of adapters that are known by their descriptors only.
    /// - Parameter check: returns the error of settings.
    package init(
        stubs descriptors: [ProviderDescriptor],
        check: @escaping @Sendable (ProviderSettings) -> ProviderConfigurationError? = { _ in nil }
    ) {
        self.init(
            descriptors.map { descriptor in
                (
                    descriptor,
                    { settings, _ in
                        if let error = check(settings) { throw error }
                        return StubProvider()
                    }
                )
            })
    }
}
