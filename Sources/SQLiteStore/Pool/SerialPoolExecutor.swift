import DequeModule
import Identity
import NIOPosix
import Synchronization
import TodoStore

/// An executor that runs an actor's jobs one after another on shared threads: serial per database, fair between
/// databases and tenants.
final class SerialPoolExecutor: SerialExecutor {
    private struct State {
        var jobs: Deque<UnownedJob> = []
        var isScheduled = false
    }

    private let threads: StoreThreads
    private let tenant: TenantID
    private let state = Mutex(State())

    init(threads: StoreThreads, tenant: TenantID) {
        self.threads = threads
        self.tenant = tenant
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustSchedule = state.withLock { state in
            state.jobs.append(job)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { schedule() }
    }

    private func schedule() { threads.submit(for: tenant) { self.runSome() } }

    /// Runs consecutive jobs of one actor together for a moment, because waking a thread costs more than most jobs. The
    /// next turn of the thread may be another user's.
    private func runSome() {
        let end = ContinuousClock.now + Self.moment
        while true {
            let job = state.withLock { $0.jobs.popFirst() }
            job?.runSynchronously(on: asUnownedSerialExecutor())
            let hasMore = state.withLock { state in
                state.isScheduled = !state.jobs.isEmpty
                return state.isScheduled
            }
            guard hasMore else { return }
            if ContinuousClock.now >= end { return schedule() }
        }
    }

    private static let moment = Duration.milliseconds(1)
}

extension NIOThreadPool {
    /// Runs blocking work to its end, even if the caller's task is cancelled.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit { _ in continuation.resume(with: Result { try work() }) }
        }
    }
}
