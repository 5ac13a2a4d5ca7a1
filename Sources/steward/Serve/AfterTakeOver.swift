import ServiceLifecycle
import TodoStore

/// A service that must not begin before this process owns the data, such as one on a port that the old process holds.
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
