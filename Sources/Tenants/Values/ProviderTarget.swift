package import ProviderKit

/// One link of a tenant's chain: an adapter and how to use it.
package struct ProviderTarget: Sendable, Equatable {
    /// `ProviderDescriptor.id` of the adapter.
    package let providerID: String
    package var settings: ProviderSettings
    /// Where the file says that its key is, for messages: never the key.
    package let keyReference: String?

    package init(providerID: String, settings: ProviderSettings, keyReference: String? = nil) {
        self.providerID = providerID
        self.settings = settings
        self.keyReference = keyReference
    }
}
