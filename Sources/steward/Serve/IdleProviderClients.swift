import ProviderKit
import ServiceLifecycle

/// Closes, every half a minute, the HTTP clients of tenants that nobody talks to.
struct IdleProviderClients: Service {
    let transport: ProviderTransport

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await transport.clock.sleep(for: .seconds(30))
                transport.closeIdle()
            }
        }
        // A service that returns early would end the server.
        try? await gracefulShutdown()
    }
}
