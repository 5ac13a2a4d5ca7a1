import Logging
import ServiceLifecycle
import TodoStore

/// Lets the housekeeping go round once a day, for the first time soon after the start.
struct DailyRounds: Service {
    let housekeeping: Housekeeping
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            try await Task.sleep(for: Self.delay)
            while true {
                do {
                    try await housekeeping.round()
                } catch let error as StoreError {
                    logger.warning("housekeeping failed", metadata: ["error": "\(error.explanation)"])
                }
                try await Task.sleep(for: Self.interval)
            }
        }
        // A service that returns early would end the server.
        try? await gracefulShutdown()
    }

    private static let delay = Duration.seconds(60)
    private static let interval = Duration.seconds(24 * 60 * 60)
}
