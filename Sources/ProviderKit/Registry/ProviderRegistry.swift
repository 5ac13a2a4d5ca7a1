/// The provider adapters by id. Tenant files, commands and turns all use the same registry.
package struct ProviderRegistry: Sendable {
    /// Creates an adapter from its settings, without any I/O.
    package typealias Factory = @Sendable (ProviderSettings, ProviderTransport) throws -> any ChatProvider

    private let factories: [String: Factory]
    /// The descriptors of all adapters, in the order of the list.
    package let descriptors: [ProviderDescriptor]

    /// Lists adapters, sorted by id.
    package init(_ types: [any ChatProvider.Type]) {
        let types = types.sorted { $0.descriptor.id < $1.descriptor.id }
        self.init(types.map { type in (type.descriptor, { try type.init(settings: $0, transport: $1) }) })
    }

    /// Traps when two adapters have the same id, which is an error in the list.
    package init(_ adapters: [(descriptor: ProviderDescriptor, factory: Factory)]) {
        factories = Dictionary(adapters.map { ($0.descriptor.id, $0.factory) }) { _, _ in
            preconditionFailure("two adapters have the same provider id")
        }
        descriptors = adapters.map(\.descriptor)
    }

    package var ids: [String] { descriptors.map(\.id) }

    package subscript(id: String) -> ProviderDescriptor? { descriptors.first { $0.id == id } }

    /// Returns the descriptor of the adapter with this id.
    package func descriptor(_ id: String) throws(UnknownProviderError) -> ProviderDescriptor {
        guard let descriptor = self[id] else { throw UnknownProviderError(id: id, known: ids) }
        return descriptor
    }

    /// Creates an adapter for one target of a tenant.
    ///
    /// - Throws: `UnknownProviderError` or `ProviderConfigurationError`.
    package func make(
        _ id: String, _ settings: ProviderSettings, transport: ProviderTransport
    ) throws -> any ChatProvider {
        guard let factory = factories[id] else { throw UnknownProviderError(id: id, known: ids) }
        return try factory(settings, transport)
    }

    /// Returns the error of settings that the adapter cannot use.
    package func check(_ id: String, _ settings: ProviderSettings) -> ProviderConfigurationError? {
        do {
            // A transport opens nothing before its first request.
            _ = try make(id, settings, transport: ProviderTransport())
            return nil
        } catch let error as ProviderConfigurationError {
            return error
        } catch {
            return ProviderConfigurationError(key: "provider", "\(error)")
        }
    }
}
