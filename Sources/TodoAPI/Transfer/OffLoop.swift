/// Work of more than a millisecond, away from the event loop of its request.
enum OffLoop {
    /// Runs `body` on the threads that Swift has for computing, as many as there are cores: the kernel shares the cores
    /// among them and the event loops.
    static func run<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
    }
}
