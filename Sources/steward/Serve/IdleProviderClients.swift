import EventLoops
import ProviderKit
import ServiceLifecycle

/// A service that closes the HTTP clients of inactive tenants, every 30 s.
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
