package import EventLoops
package import Identity
package import Logging
package import NIOPosix
import Postgres
import Synchronization
package import Time
package import TodoStore

/// The store in PostgreSQL: the users of all nodes in shared tables, with a policy for each row.
package final class PostgresUsers: UserStore {
    let configuration: PostgresStoreConfiguration
    let pool: StorePool
    let lease: NodeLease
    let clock: StoreClock
    let threads: NIOThreadPool
    let timer: MonotonicClock
    let logger: Logger
    /// The tenants that are being deleted.
    private let refused = Mutex<Set<TenantID>>([])

    /// - Parameters:
    ///   - threadPool: where all waiting for the database takes place: a thread for each connection, and one for the lease. It
    ///     must be running until `close` has returned.
    ///   - timer: for limits on waiting.
    ///   - now: a clock instead of the database's, for tests.
    package init(
        configuration: PostgresStoreConfiguration, threadPool: NIOThreadPool, timer: MonotonicClock, logger: Logger,
        now: (@Sendable () -> Timestamp)? = nil
    ) {
        self.configuration = configuration
        self.timer = timer
        self.logger = logger
        threads = threadPool
        clock = StoreClock(now)
        lease = NodeLease(
            configuration.database, name: configuration.nodeName, version: configuration.nodeVersion,
            duration: configuration.lease, clock: clock)
        pool = StorePool(
            configuration.database, connections: configuration.connections, maxWaiting: configuration.maxWaiting,
            waitingTime: configuration.waitingTime, threads: threadPool, clock: timer)
    }

    package var statistics: DatabaseStatistics {
        DatabaseStatistics(
            holdsLease: lease.isHeld, running: pool.runningCount, waiting: pool.waitingCount,
            connections: pool.connections)
    }

    package func read<T: Sendable>(
        _ account: Account, orEmpty empty: T, _ body: @escaping @Sendable (UserReader) throws -> T
    ) async throws -> T {
        try await run(account, isWriting: false) { try $0.read(orEmpty: empty, body) }
    }

    package func write<T: Sendable>(
        _ account: Account, limits: StoreLimits, creating: Bool,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        try await run(account, isWriting: true) { runner in
            try runner.write(
                limits: limits, enter: creating ? { try self.enter(account, runner, limit: limits.users) } : nil, body)
        }
    }

    /// Runs blocking work for a user.
    func run<T: Sendable>(
        _ account: Account, isWriting: Bool, _ work: @escaping @Sendable (TransactionRunner) throws -> T
    ) async throws -> T {
        try checkAdmitted(account.tenant)
        let key = try AccountKey(account)
        return try await pool.run(StorePool.Ticket(key: key, tenant: account.tenant, isWriting: isWriting)) { slot in
            try work(self.runner(key, account.tenant, slot))
        }
    }

    func runner(_ key: AccountKey, _ tenant: TenantID?, _ slot: StoreSlot) -> TransactionRunner {
        TransactionRunner(
            key: key, tenant: tenant, lease: lease, clock: clock, workLimit: configuration.workLimit, slot: slot)
    }

    func checkAdmitted(_ tenant: TenantID) throws(StoreError) {
        guard !refused.withLock({ $0.contains(tenant) }) else {
            throw .unavailable(reason: "the tenant is being deleted")
        }
    }

    func refuse(_ tenant: TenantID) { refused.withLock { _ = $0.insert(tenant) } }

    package func admit(_ tenant: TenantID) { refused.withLock { _ = $0.remove(tenant) } }

    package func close() async {
        await pool.close()
        await withCheckedContinuation { continuation in
            threads.submit { [self] _ in
                lease.end()
                continuation.resume()
            }
        }
    }
}
