import Offline
import ProviderKit

extension OfflineProvider {
    /// The adapter as a tenant without any settings gets it.
    static func forTests(_ settings: ProviderSettings = ProviderSettings()) async throws -> OfflineProvider {
        try await ProviderTransport.withTransport { try OfflineProvider(settings: settings, transport: $0) }
    }
}
