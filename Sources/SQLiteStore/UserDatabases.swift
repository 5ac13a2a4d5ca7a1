import EventLoops
package import Identity
package import Logging
import NIOCore
package import NIOPosix
package import Time
package import TodoStore

/// The store in SQLite: one file for each user, opened when it is needed.
package final class UserDatabases: UserStore {
    let folder: DataFolder
    let pool: OpenDatabases
    let scratch: ScratchFolder
    let threadPool: NIOThreadPool
    let threads: StoreThreads
    /// Permits for an operator's work: each keeps a core busy, and at most half of the threads are taken.
    let longWork: AsyncSemaphore
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let process: Int

    /// `threadPool` is where all of SQLite runs; it must be running until `close` has returned.
    package init(
        configuration: StoreConfiguration, threadPool: NIOThreadPool, logger: Logger,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        if !SQLiteRuntime.isConfigured { logger.warning("SQLite was in use before the store and keeps its page cache") }
        folder = DataFolder(root: configuration.folder)
        // Tells this run from the one before it; a random number needs no memory of the last.
        process = Int.random(in: 1...Int.max)
        self.now = now
        self.threadPool = threadPool
        threads = StoreThreads(pool: threadPool)
        longWork = AsyncSemaphore(permits: min(System.coreCount, threadPool.numberOfThreads / 2))
        self.logger = logger
        scratch = ScratchFolder(root: configuration.folder)
        pool = OpenDatabases(
            opener: DatabaseOpener(
                folder: folder, process: process, faults: FaultLog(folder: folder, logger: logger), now: now),
            configuration: configuration, threads: threads, logger: logger)
    }

    package var statistics: StoreStatistics { pool.statistics }

    package func read<T: Sendable>(
        _ account: Account, orEmpty empty: T, _ body: @escaping @Sendable (UserReader) throws -> T
    ) async throws -> T {
        let (now, process) = (now, process)
        return try await pool.withExisting(.user(account)) { database in
            try await database.read { try body(UserReader(SQLiteRows($0, owner: process), now: now())) }
        } ?? empty
    }

    package func write<T: Sendable>(
        _ account: Account, limits: StoreLimits, creating: Bool,
        _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) async throws -> T {
        let work = work(limits, body)
        if let result = try await pool.withExisting(.user(account), work) { return result }
        guard creating else { throw StoreError.notFound(.user) }
        // Before the file and not while holding it: two leases at once could wait for each other.
        try await enter(account, limit: limits.users)
        return try await pool.withCreated(.user(account), work)
    }

    private func work<T: Sendable>(
        _ limits: StoreLimits, _ body: @escaping @Sendable (UserTransaction) throws -> T
    ) -> @Sendable (OpenDatabase) async throws -> T {
        let (now, process) = (now, process)
        return { database in
            try await database.write(maxBytes: limits.bytes) { database, counts, budget in
                try body(
                    UserTransaction(
                        SQLiteRows(database, owner: process, counts: counts, budget: budget), now: now(), limits: limits
                    )
                )
            }
        }
    }

    /// Adds a user to the index of their tenant's users, if missing.
    ///
    /// - Parameter limit: The maximum number of users of the tenant.
    func enter(_ account: Account, limit: Int) async throws {
        let now = now()
        try await pool.withCreated(.tenant(account.tenant)) { database in
            try await database.write(maxBytes: Self.indexBytes) { database, _, _ in
                try TenantIndex.enter(account, database, limit: limit, now: now)
            }
        }
    }

    package func close() async { await pool.close() }

    /// Room for a million users.
    static let indexBytes = 1 << 30
}
