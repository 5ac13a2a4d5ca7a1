/// Runs work of over a millisecond away from the event loop of the caller.
package enum OffLoop {
    /// Runs `body` on the threads that Swift has for computing, as many as there are cores.
    ///
    /// A turn runs on an event loop, and so would a `@concurrent` function that it calls. The kernel shares the cores among
    /// these threads and the event loops, so that no loop starves, however many adapters compute. Work of several
    /// milliseconds yields in between, so that the work of others has its share of the threads.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
    }
}
