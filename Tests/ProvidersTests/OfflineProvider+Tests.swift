import Offline
import ProviderKit

extension OfflineProvider {
    /// Creates the adapter with default settings.
    static func forTests(_ settings: ProviderSettings = ProviderSettings()) async throws -> OfflineProvider {
        try await ProviderTransport.withTransport { try OfflineProvider(settings: settings, transport: $0) }
    }
}
