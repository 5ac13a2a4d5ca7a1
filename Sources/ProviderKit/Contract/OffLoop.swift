import NIOPosix

/// Runs computations of over a millisecond away from the executor of the caller.
package enum OffLoop {
    /// Runs `body` on a thread of NIO's pool, which waits for nothing else but files.
    ///
    /// A turn runs on an event loop, and so would a `@concurrent` function that it calls. Threads share the cores by the
    /// kernel's rules, so that no loop starves, however many adapters compute. The way there and back costs about 20 µs.
    package static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(body)
    }
}
