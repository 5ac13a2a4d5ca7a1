import FastCGI
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Testing

/// A context that passes the web server's parameters to the routes, as an application would.
struct TestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let parameters: FastCGIParameters?

    init(source: ApplicationRequestContextSource) {
        self.coreContext = .init(source: source)
        self.parameters = FastCGIParameters.current
    }
}

/// A signal between two tasks.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (self.stream, self.continuation) = AsyncStream.makeStream()
    }

    func give() { self.continuation.yield() }

    func wait() async { for await _ in self.stream { return } }
}

/// A Hummingbird application on its own unix socket.
enum TestServer {
    /// Runs `body` with a short path: that of a unix socket has at most 107 bytes.
    static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = "/tmp/fcgi-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    static func run<Result: Sendable>(
        _ configuration: FastCGIConfiguration = FastCGIConfiguration(),
        routes: (Router<TestContext>) -> Void,
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        try await self.withFolder { folder in
            try await self.run(at: "\(folder)/s", configuration, routes: routes) { _ in try await body("\(folder)/s") }
        }
    }

    /// Runs a server at a path until the body returns, then shuts it down gracefully; the body may do so itself.
    static func run<Result: Sendable>(
        at path: String, _ configuration: FastCGIConfiguration, routes: (Router<TestContext>) -> Void,
        _ body: (ServiceGroup) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: TestContext.self)
        routes(router)
        let listener = try UnixSocketListener(unixPath: path)
        let isRunning = Signal()
        var logger = Logger(label: "FastCGITests")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            server: .fastCGI(configuration: configuration),
            configuration: .init(
                address: listener.address, availableConnectionsDelegate: configuration.availableConnections),
            onServerRunning: { channel in
                do {
                    try listener.publish()
                } catch {
                    Issue.record(error)
                    try? await channel.close()
                }
                isRunning.give()
            },
            logger: logger)
        let group = ServiceGroup(configuration: .init(services: [.init(service: application)], logger: logger))
        async let running: Void = group.run()
        await isRunning.wait()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(group))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await running
        return try result.get()
    }
}
