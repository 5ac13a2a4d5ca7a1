package import ProviderKit

/// One link of a tenant's chain: an adapter and how to use it.
package struct ProviderTarget: Sendable, Equatable {
    /// `ProviderDescriptor.id` of the adapter.
    package let providerID: String
    package var settings: ProviderSettings

    package init(providerID: String, settings: ProviderSettings) {
        self.providerID = providerID
        self.settings = settings
    }
}
