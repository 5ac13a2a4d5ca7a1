import EventLoops
import NIOPosix
import Postgres
import Synchronization
import TodoStore

/// Lends connections to transactions, which run on threads of their own: the hands of `StoreLine`.
final class StorePool: Sendable {
    typealias Ticket = StoreLine<Waiter>.Ticket
    typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var line: StoreLine<Waiter>
        var breaker = StoreBreaker()
        var idle: [StoreSlot]
        var lastNumber: UInt64 = 0
        var isClosed = false
        var drained: [CheckedContinuation<Void, Never>] = []
    }

    private let threads: NIOThreadPool
    private let clock: MonotonicClock
    private let waitingTime: Duration
    private let state: Mutex<State>

    /// - Parameters:
    ///   - threads: where all waiting for the database takes place; one for each connection, and one for the lease.
    ///   - waitingTime: how long a transaction may wait for a connection and its account.
    init(
        _ configuration: PostgresConfiguration, connections: Int, maxWaiting: Int, waitingTime: Duration,
        threads: NIOThreadPool, clock: MonotonicClock
    ) {
        self.threads = threads
        self.clock = clock
        self.waitingTime = waitingTime
        let count = max(min(connections, threads.numberOfThreads - 1), 1)
        self.connections = count
        state = Mutex(
            State(
                line: StoreLine(connections: count, maxWaiting: maxWaiting),
                idle: (0..<count).map { _ in StoreSlot(configuration) }))
    }

    let connections: Int

    /// Number of transactions that wait for a connection.
    var waitingCount: Int { state.withLock { $0.line.waitingCount } }

    /// Number of transactions that have one.
    var runningCount: Int { connections - state.withLock { $0.line.free } }

    /// Runs blocking work with a connection's place, to its end even if the caller's task is cancelled. Waiting for it can be
    /// cancelled.
    func run<T: Sendable>(_ ticket: Ticket, _ work: @escaping @Sendable (StoreSlot) throws -> T) async throws -> T {
        try await enter(ticket)
        return try await withCheckedThrowingContinuation { continuation in
            threads.submit { [self] _ in
                let slot = takeSlot()
                let isAdmitted = state.withLock { $0.breaker.admit(at: .now) }
                let result = Result {
                    guard isAdmitted else { throw StoreError.overloaded }
                    return try work(slot)
                }
                leave(ticket, slot, wasAdmitted: isAdmitted)
                continuation.resume(with: result)
            }
        }
    }

    private func enter(_ ticket: Ticket) async throws {
        let number = try state.withLock { state throws(StoreError) -> UInt64? in
            guard !state.isClosed else { throw .closed }
            guard state.breaker.mayAdmit(at: .now) else { throw .overloaded }
            if state.line.enter(ticket) { return nil }
            state.lastNumber += 1
            return state.lastNumber
        }
        guard let number else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                try? await clock.sleep(for: waitingTime)
                give(up: number, StoreError.overloaded)
            }
            defer { group.cancelAll() }
            try await wait(ticket, number)
        }
    }

    private func wait(_ ticket: Ticket, _ number: UInt64) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if state.line.enter(ticket) { return .success(()) }
                    let isWaiting = state.line.wait(ticket, number: number, continuation)
                    return isWaiting ? nil : .failure(StoreError.overloaded)
                }
                if let answer { return continuation.resume(with: answer) }
                // The handler below may have run before there was anyone to cancel.
                if Task.isCancelled { give(up: number, CancellationError()) }
            }
        } onCancel: {
            give(up: number, CancellationError())
        }
    }

    private func give(up number: UInt64, _ error: any Error) {
        state.withLock { $0.line.leave(number: number) }?.resume(throwing: error)
    }

    /// The place that was used last, so that those not needed stay without a connection.
    private func takeSlot() -> StoreSlot {
        state.withLock { state in
            guard let slot = state.idle.popLast() else { preconditionFailure("more work than connections") }
            return slot
        }
    }

    private func leave(_ ticket: Ticket, _ slot: StoreSlot, wasAdmitted: Bool) {
        let isUnreachable = slot.isUnreachable
        slot.isUnreachable = false
        let (next, drained) = state.withLock { state in
            state.idle.append(slot)
            if isUnreachable { state.breaker.failed() } else if wasAdmitted { state.breaker.succeeded() }
            let next = state.line.release(ticket)
            let drained = state.isClosed && state.line.isEmpty ? state.drained : []
            if !drained.isEmpty { state.drained = [] }
            return (next, drained)
        }
        for waiter in next { waiter.resume() }
        for continuation in drained { continuation.resume() }
    }

    /// Refuses new work, and returns when all has ended and the connections are closed.
    func close() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                state.isClosed = true
                if !state.line.isEmpty { state.drained.append(continuation) }
                return state.line.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
        let slots = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        for slot in slots { slot.close() }
    }
}
