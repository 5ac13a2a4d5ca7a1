package import Logging
import ServiceLifecycle
import Synchronization
package import TodoStore

/// Owns the running turns: a turn outlives the request that asked for it for as long as it takes to store how it ended.
package final class TurnRunner: Service {
    /// What bounds the runner.
    package struct Configuration: Sendable {
        /// Turns at once in this process, waiting ones included.
        package var maximumTurns: Int
        /// How long running turns may go on once the server shuts down.
        package var shutdownGrace: Duration

        package init(maximumTurns: Int = 1024, shutdownGrace: Duration = .seconds(8)) {
            self.maximumTurns = maximumTurns
            self.shutdownGrace = shutdownGrace
        }
    }

    private struct State {
        var running = 0
        var isDraining = false
        var idleWatcher: CheckedContinuation<Void, Never>?
    }

    private let configuration: Configuration
    private let environment: TurnEnvironment
    private let queue = TurnQueue()
    private let state = Mutex(State())
    private let submissions: AsyncStream<TurnExecution>
    private let submit: AsyncStream<TurnExecution>.Continuation

    package init(
        databases: UserDatabases, makeProvider: @escaping ProviderFactory,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Timestamp, configuration: Configuration = Configuration(), logger: Logger
    ) {
        self.configuration = configuration
        self.environment = TurnEnvironment(
            databases: databases, makeProvider: makeProvider, toolbox: .standard, clock: clock, now: now,
            logger: logger)
        // Unbounded in form only: `maximumTurns` bounds what can be in it.
        (submissions, submit) = AsyncStream.makeStream()
    }

    /// Turns that run or wait now.
    package var runningTurns: Int { state.withLock { $0.running } }

    /// Starts a turn; its events come through the channel, the first of them when the user's message is stored.
    /// - Throws: `TurnError.overloaded` or `.draining`. Every other failure comes through the channel.
    package func start(_ request: TurnRequest) throws(TurnError) -> TurnChannel {
        try state.withLock { state throws(TurnError) in
            guard !state.isDraining else { throw .draining }
            guard state.running < configuration.maximumTurns else { throw .overloaded }
            state.running += 1
        }
        let channel = TurnChannel()
        let turn = TurnExecution(request: request, channel: channel, environment: environment, queue: queue)
        guard case .enqueued = submit.yield(turn) else {
            // The shutdown came in between.
            turnEnded()
            throw .draining
        }
        return channel
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await turn in submissions {
                    group.addTask {
                        await turn.run()
                        self.turnEnded()
                    }
                }
                await self.waitForRunningTurns()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.isDraining = true }
            self.submit.finish()
        }
    }

    /// Returns when no turn runs any more, or when the grace is over.
    private func waitForRunningTurns() async {
        await withTaskGroup { group in
            group.addTask { try? await self.environment.clock.sleep(for: self.configuration.shutdownGrace) }
            group.addTask { await self.idle() }
            await group.next()
            group.cancelAll()
        }
    }

    private func idle() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIdle = state.withLock { state in
                    guard state.running > 0, !Task.isCancelled else { return true }
                    state.idleWatcher = continuation
                    return false
                }
                if isIdle { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.idleWatcher.take() }?.resume()
        }
    }

    private func turnEnded() {
        state.withLock { state in
            state.running -= 1
            if state.running == 0 { state.idleWatcher.take()?.resume() }
        }
    }
}
