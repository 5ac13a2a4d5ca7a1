import Assistant
import FastCGI
import Logging
import ServiceLifecycle
import Synchronization

/// How this process ends: on a signal, or because another one takes its place.
///
/// Registered last, and so the first to hear of a shutdown. From then on each kept connection is retired with its next
/// answer, and running turns have a grace; when it is over they are stored as interrupted.
final class ShutdownCoordinator: Service {
    /// For a stop: most answers are complete in that time, and all is over within ten seconds.
    static let grace = Duration.seconds(8)
    /// For a take-over: new requests wait meanwhile.
    static let shortGrace = Duration.seconds(2)
    /// The time for which a replaced process still accepts connections, which were in the backlog of its socket.
    static let acceptance = Duration.milliseconds(200)

    private let fastCGI: FastCGIConfiguration
    private let turns: TurnRunner
    private let logger: Logger
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init(fastCGI: FastCGIConfiguration, turns: TurnRunner, logger: Logger) {
        self.fastCGI = fastCGI
        self.turns = turns
        self.logger = logger
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Ends the process after its current requests, because another process has taken over the socket.
    func handOver() {
        logger.notice("another process is taking over")
        fastCGI.drain.begin()
        request.yield()
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in requests {
                try? await Task.sleep(for: Self.acceptance)
                turns.endTurns(after: Self.shortGrace)
                break
            }
        } onGracefulShutdown: {
            self.fastCGI.drain.begin()
            self.turns.endTurns(after: Self.grace)
            self.request.finish()
        }
    }
}
