import Identity
import NIOPosix
import Synchronization
import TodoStore

/// The threads for SQLite, of which each tenant has at most half at once, as decided by `ThreadShares`.
///
/// Waiting work is bounded by the open databases, each of which waits once, and by the requests that wait for one to open.
/// Work never waits for other work while it has a thread.
final class StoreThreads: Sendable {
    typealias Work = @Sendable () -> Void

    private let pool: NIOThreadPool
    private let shares: Mutex<ThreadShares<TenantID, Work>>

    init(pool: NIOThreadPool) {
        self.pool = pool
        shares = Mutex(ThreadShares(share: max(pool.numberOfThreads / 2, 1)))
    }

    /// The number of waiting pieces of work.
    var waitingCount: Int { shares.withLock { $0.waitingCount } }

    /// Runs blocking work when its tenant may use a thread.
    func submit(for tenant: TenantID, _ work: @escaping Work) {
        if let work = shares.withLock({ $0.enter(tenant, work) }) { start(work, tenant) }
    }

    /// Runs blocking work to its end, even if the caller's task is cancelled.
    func run<T: Sendable>(for tenant: TenantID, _ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(for: tenant) { continuation.resume(with: Result { try work() }) }
        }
    }

    /// After its shutdown the pool runs work at once on the submitting thread, so that none is lost.
    private func start(_ work: @escaping Work, _ tenant: TenantID) {
        pool.submit { [self] _ in
            work()
            // Behind all that others have submitted meanwhile.
            if let next = shares.withLock({ $0.leave(tenant) }) { start(next, tenant) }
        }
    }
}
