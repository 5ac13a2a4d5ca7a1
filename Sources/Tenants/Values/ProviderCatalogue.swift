package import ProviderKit

/// The providers that tenant files may name; this module depends on no concrete provider.
package struct ProviderCatalogue: Sendable {
    /// A check of a provider's settings, which returns an error if the adapter cannot use them.
    package typealias Check = @Sendable (_ providerID: String, ProviderSettings) -> ProviderConfigurationError?

    package let descriptors: [ProviderDescriptor]
    let check: Check

    package init(_ descriptors: [ProviderDescriptor], check: @escaping Check = { _, _ in nil }) {
        self.descriptors = descriptors
        self.check = check
    }

    package subscript(id: String) -> ProviderDescriptor? { descriptors.first { $0.id == id } }

    var ids: [String] { descriptors.map(\.id) }
}
