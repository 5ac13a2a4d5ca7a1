package import ProviderKit

/// A target of a tenant's chain: an adapter and its settings.
package struct ProviderTarget: Sendable, Equatable {
    /// The `ProviderDescriptor.id` of the adapter.
    package let providerID: String
    package var settings: ProviderSettings
    /// The reference to the key for messages, never the key itself.
    package let keyReference: String?

    package init(providerID: String, settings: ProviderSettings, keyReference: String? = nil) {
        self.providerID = providerID
        self.settings = settings
        self.keyReference = keyReference
    }
}
