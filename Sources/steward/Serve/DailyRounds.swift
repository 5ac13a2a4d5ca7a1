import Logging
import ServiceLifecycle
import TodoStore

/// Lets the housekeeping go round once a day; one that an end of the server cut off goes on soon after the next start.
struct DailyRounds: Service {
    let housekeeping: Housekeeping
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            housekeeping.resume()
            while true {
                let now = Timestamp.now
                let wait = max(0, (housekeeping.nextRound ?? now).milliseconds - now.milliseconds)
                // Also after a round that failed: it must not be tried without a pause.
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
