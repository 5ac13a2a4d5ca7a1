package import Identity
package import Logging
import ProviderKit
import ServiceLifecycle
import Synchronization
package import Tenants
package import Time
package import TodoStore
import TodoTools

/// Owns the running turns: a turn outlives the request that asked for it for as long as it takes to store how it ended.
package final class TurnRunner: Service {
    /// What bounds the runner.
    package struct Configuration: Sendable {
        /// Turns at once in this process, waiting ones included.
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
    ///   - chance: from 0 up to 1: spreads retries.
    ///   - executor: where a turn runs that is started now, preferably where its request does.
    package init(
        databases: UserDatabases, makeProvider: @escaping ProviderFactory,
        clock: any Clock<Duration> = ContinuousClock(),
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        now: @escaping @Sendable () -> Timestamp, configuration: Configuration = Configuration(),
        reached: @escaping @Sendable (TurnCheckpoint) -> Void = { _ in },
        executor: @escaping @Sendable () -> (any TaskExecutor)? = { nil }, logger: Logger
    ) {
        self.executor = executor
        self.configuration = configuration
        limiter = ChatLimiter(clock: clock)
        let clock = ProviderClock(clock)
        self.environment = TurnEnvironment(
            databases: databases, makeProvider: makeProvider, toolbox: .standard,
            health: TargetHealthTable(clock: clock),
            advisor: ModelAdvisor(makeProvider: makeProvider, clock: clock, logger: logger), clock: clock,
            chance: chance, now: now, reached: reached,
            logger: logger)
        // Unbounded in form only: `maximumTurns` bounds what can be in it.
        (submissions, submit) = AsyncStream.makeStream()
        (graces, setGrace) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    /// Turns that run or wait now.
    package var runningTurns: Int { state.withLock { $0.running } }

    /// The targets that are not asked at the moment, the first `limit` of them by tenant and provider.
    package func unavailableTargets(limit: Int) -> [UnavailableTarget] { environment.health.unavailable(limit: limit) }

    /// What is left to a user of the chats that the tenant's file allows.
    package func allowance(of account: Account, _ limits: TenantLimits) -> ChatAllowance {
        limiter.allowance(of: account, limits)
    }

    /// Starts a turn; its events come through the reader, the first of them when the user's message is stored.
    /// - Throws: `TurnError.overloaded`, `.rateLimited` or `.draining`. Every other failure comes through the reader.
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
            // The shutdown came in between.
            turnEnded(slot)
            throw .draining
        }
        return TurnReader(channel)
    }

    /// Ends the turns that are still running after `grace`: each is stored as interrupted, and its client is told so.
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

    /// Runs what is submitted; returns when there will be no more and all of it has ended.
    private func runTurns() async {
        await withDiscardingTaskGroup { group in
            for await submission in submissions {
                group.addTask(executorPreference: submission.executor) {
                    await submission.turn.run()
                    self.turnEnded(submission.slot)
                }
            }
            // Their clients have been answered: nothing is left but to store how these turns ended.
            environment.cutoff.open()
        }
    }

    private func turnEnded(_ slot: ChatLimiter.Slot) {
        limiter.leave(slot)
        state.withLock { $0.running -= 1 }
    }
}
