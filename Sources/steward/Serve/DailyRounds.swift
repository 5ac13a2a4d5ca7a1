import Logging
import SQLiteStore
import ServiceLifecycle
import Time
import TodoStore

/// A service that runs the daily maintenance. A run interrupted by a shutdown continues soon after the next start.
struct DailyRounds: Service {
    let housekeeping: Maintenance
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            housekeeping.resume()
            while true {
                let now = Timestamp.now
                let wait = max(0, (housekeeping.nextRound ?? now).milliseconds - now.milliseconds)
                // Also after a failed run, so that it is not repeated without a pause.
                try await Task.sleep(for: max(Self.delay, .milliseconds(wait)))
                do {
                    try await housekeeping.round()
                } catch let error as StoreError {
                    logger.warning("housekeeping failed", metadata: ["error": "\(error.explanation)"])
                }
            }
        }
        // A service that returns early would end the server.
        try? await gracefulShutdown()
    }

    private static let delay = Duration.seconds(60)
}
