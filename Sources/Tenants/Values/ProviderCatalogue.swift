package import ProviderKit

/// What tenant files may name: this module knows no concrete provider.
package struct ProviderCatalogue: Sendable {
    /// Says what the adapter cannot work with, if anything.
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
