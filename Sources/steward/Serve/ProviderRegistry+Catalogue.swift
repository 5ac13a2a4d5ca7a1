import ProviderKit
import Providers
import Tenants

extension ProviderRegistry {
    /// Returns the catalogue for tenant files, with each adapter's check of its settings.
    func catalogue(_ transport: ProviderTransport) -> ProviderCatalogue {
        ProviderCatalogue(descriptors) { id, settings in
            do {
                _ = try make(id, settings, transport: transport)
                return nil
            } catch let error as ProviderConfigurationError {
                return error
            } catch {
                return ProviderConfigurationError(key: "provider", "\(error)")
            }
        }
    }
}
