import SQLiteStore
import ServiceLifecycle
import TodoStore

/// A service that starts when this process owns the data, such as one on a port that the previous process still holds.
struct AfterTakeOver<Wrapped: Service>: Service {
    let ownership: DataOwnership
    let service: Wrapped

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !ownership.isHeld { try await Task.sleep(for: .milliseconds(5)) }
        }
        try await service.run()
    }
}
