import EventLoops
package import Identity
package import Logging
import ProviderKit
import ServiceLifecycle
import Synchronization
package import Tenants
package import Time
package import TodoStore
import TodoTools

/// The owner of the running turns. A turn outlives its request until its end is stored.
package final class TurnRunner: Service {
    /// The limits of the runner.
    package struct Configuration: Sendable {
        /// The maximum number of turns in this process, including waiting ones.
        package var maximumTurns: Int

        package init(maximumTurns: Int = 4096) { self.maximumTurns = maximumTurns }
    }

    private struct State {
        var running = 0
        var isDraining = false
    }

    private let configuration: Configuration
    private let environment: TurnEnvironment
    private let queue = TurnQueue()
    private let limiter: ChatLimiter
    private let executor: @Sendable () -> (any TaskExecutor)?
    private let state = Mutex(State())
    private let submissions: AsyncStream<Submission>
    private let submit: AsyncStream<Submission>.Continuation
    private let graces: AsyncStream<Duration>
    private let setGrace: AsyncStream<Duration>.Continuation

    private struct Submission {
        let turn: TurnExecution
        let slot: ChatLimiter.Slot
        let executor: (any TaskExecutor)?
    }

    /// - Parameters:
    ///   - chance: Returns a random number from 0 up to 1, which spreads retries.
    ///   - executor: Returns the executor for a turn that is started now, preferably that of its request.
    package init(
        databases: any UserStore, makeProvider: @escaping ProviderFactory,
        clock: any Clock<Duration> = ContinuousClock(),
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        now: @escaping @Sendable () -> Timestamp, configuration: Configuration = Configuration(),
        reached: @escaping @Sendable (TurnCheckpoint) -> Void = { _ in },
        executor: @escaping @Sendable () -> (any TaskExecutor)? = { nil }, logger: Logger
    ) {
        self.executor = executor
        self.configuration = configuration
        limiter = ChatLimiter(clock: clock)
        let clock = MonotonicClock(clock)
        self.environment = TurnEnvironment(
            databases: databases, makeProvider: makeProvider, toolbox: .standard,
            health: TargetHealthTable(clock: clock),
            advisor: ModelAdvisor(makeProvider: makeProvider, clock: clock, logger: logger), clock: clock,
            chance: chance, now: now, reached: reached,
            logger: logger)
        // Bounded by `maximumTurns`.
        (submissions, submit) = AsyncStream.makeStream()
        (graces, setGrace) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    /// The number of running and waiting turns.
    package var runningTurns: Int { state.withLock { $0.running } }

    /// Returns the targets that are currently skipped, the first `limit` by tenant and provider.
    package func unavailableTargets(limit: Int) -> [UnavailableTarget] { environment.health.unavailable(limit: limit) }

    /// Returns the remaining chats of a user.
    package func allowance(of account: Account, _ limits: TenantLimits) -> ChatAllowance {
        limiter.allowance(of: account, limits)
    }

    /// Starts a turn. Its events arrive through the reader, beginning when the user's message is stored.
    ///
    /// - Throws: `TurnError.overloaded`, `.rateLimited` or `.draining`. All other errors arrive through the reader.
    package func start(_ request: TurnRequest) throws(TurnError) -> TurnReader {
        let slot = try limiter.enter(
            request.account, conversation: request.conversation, request.tenant.limits)
        do throws(TurnError) {
            try state.withLock { state throws(TurnError) in
                guard !state.isDraining else { throw .draining }
                guard state.running < configuration.maximumTurns else { throw .overloaded }
                state.running += 1
            }
        } catch {
            limiter.leave(slot)
            throw error
        }
        let channel = TurnChannel()
        let turn = TurnExecution(request: request, channel: channel, environment: environment, queue: queue)
        guard case .enqueued = submit.yield(Submission(turn: turn, slot: slot, executor: executor())) else {
            // The shutdown began in between.
            turnEnded(slot)
            throw .draining
        }
        return TurnReader(channel)
    }

    /// Ends the turns that still run after `grace`; each is stored as interrupted, and its client is informed.
    package func endTurns(after grace: Duration) { setGrace.yield(grace) }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await grace in self.graces {
                        try? await self.environment.clock.sleep(for: grace)
                        self.environment.cutoff.open()
                    }
                }
                group.addTask { await self.environment.advisor.run() }
                await self.runTurns()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.isDraining = true }
            self.submit.finish()
        }
    }

    /// Runs submitted turns; returns when no more will come and all have ended.
    private func runTurns() async {
        await withDiscardingTaskGroup { group in
            for await submission in submissions {
                group.addTask(executorPreference: submission.executor) {
                    await submission.turn.run()
                    self.turnEnded(submission.slot)
                }
            }
            // Their clients have been answered; only the end of these turns remains to be stored.
            environment.cutoff.open()
        }
    }

    private func turnEnded(_ slot: ChatLimiter.Slot) {
        limiter.leave(slot)
        state.withLock { $0.running -= 1 }
    }
}
