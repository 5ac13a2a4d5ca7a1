/// A way to run work of more than a millisecond outside of the caller's event loop.
package enum OffLoop {
    /// Runs `body` on Swift's global thread pool, which has as many threads as there are cores.
    ///
    /// A turn runs on an event loop, as would a `@concurrent` function that it calls. The kernel shares the cores among
    /// the pool and the event loops, so that no event loop starves, however many adapters compute. Work of several
    /// milliseconds should yield in between, to share the threads of the pool.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
    }
}
