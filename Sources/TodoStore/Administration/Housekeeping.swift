package import Identity
package import Logging
import Synchronization
package import Time

/// Goes through all users now and then: their files are migrated by being opened, and what is older than their tenant
/// keeps is forgotten, also of those who never come back.
package final class Housekeeping: Sendable {
    /// How far it has come.
    package struct Progress: Sendable, Hashable {
        /// Whether it goes through the users now.
        package var isRunning = false
        /// Users in this round, or in the last one.
        package var checked = 0
        /// Of those, the ones who had something to forget.
        package var tidied = 0
        /// Of those, the ones whose file could not be used.
        package var failed = 0
        /// Whose users it is at.
        package var tenant: TenantID?
        package var startedAt: Timestamp?
        package var finishedAt: Timestamp?
    }

    private let databases: UserDatabases
    private let limits: @Sendable (TenantID) -> StoreLimits?
    private let pause: Duration
    private let page: Int
    private let logger: Logger
    private let state: Mutex<HousekeepingState>

    package var progress: Progress { state.withLock { $0.progress } }

    /// - Parameters:
    ///   - limits: nil for a tenant whose users are left alone, such as one that is misconfigured.
    ///   - pause: after each user, so that requests find the disk free.
    ///   - page: users between two notes of how far it has come.
    package init(
        databases: UserDatabases, pause: Duration = .milliseconds(5), page: Int = 100, logger: Logger,
        limits: @escaping @Sendable (TenantID) -> StoreLimits?
    ) {
        self.databases = databases
        self.limits = limits
        self.pause = pause
        self.page = page
        state = Mutex(HousekeepingState())
        self.logger = logger
    }

    /// Goes on where the process before this one was. Only for the process that owns the data.
    package func resume() { state.withLock { $0 = HousekeepingState(folder: databases.folder.root) } }

    /// When the next round is to begin, a day after the last one's end; nil for at once: none was ever ended, one was cut
    /// off, or there is a new version to migrate to.
    package var nextRound: Timestamp? {
        state.withLock { state in
            guard state.cursor == nil, state.schema == Schema.user.version else { return nil }
            return state.progress.finishedAt.map { Timestamp(milliseconds: $0.milliseconds + 86_400_000) }
        }
    }

    /// One round, or the rest of one that was cut off, a page of users at a time; a user who cannot be looked after does
    /// not end it.
    /// - Throws: `StoreError` when the data folder cannot be read, `CancellationError`.
    package func round() async throws {
        let start = begin()
        defer { state.withLock { $0.progress.isRunning = false } }
        for tenant in try await databases.tenants() where tenant >= start?.tenant ?? tenant {
            guard let limits = limits(tenant) else { continue }
            state.withLock { $0.progress.tenant = tenant }
            do {
                try await tidy(tenant, after: tenant == start?.tenant ? start?.hash ?? "" : "", limits)
            } catch let error as StoreError where error != .closed {
                logger.warning(
                    "users not looked after", metadata: ["tenant": "\(tenant)", "error": "\(error.explanation)"])
            }
        }
        state.withLock { state in
            state.progress.finishedAt = databases.now()
            state.progress.tenant = nil
            state.cursor = nil
        }
        await save()
    }

    /// Where to go on; nil for the beginning.
    private func begin() -> HousekeepingState.Cursor? {
        state.withLock { state in
            if state.cursor == nil || state.schema != Schema.user.version {
                state.cursor = nil
                state.schema = Schema.user.version
                state.progress = Progress(startedAt: databases.now(), finishedAt: state.progress.finishedAt)
            }
            state.progress.isRunning = true
            return state.cursor
        }
    }

    private func tidy(_ tenant: TenantID, after start: String, _ limits: StoreLimits) async throws {
        var after = start
        while true {
            let page = try await databases.users(of: tenant, after: after, limit: page)
            guard let last = page.last else { return }
            for entry in page {
                guard let user = entry.user, entry.bytes != nil else { continue }
                try await tidy(Account(tenant: tenant, user: user), limits)
                try await Task.sleep(for: pause)
            }
            after = last.hash
            state.withLock { [after] in $0.cursor = HousekeepingState.Cursor(tenant: tenant, hash: after) }
            await save()
        }
    }

    private func save() async {
        let (state, folder) = (state.withLock { $0 }, databases.folder.root)
        do {
            try await databases.threadPool.run { try state.save(in: folder) }
        } catch {
            logger.warning("progress of the housekeeping not noted", metadata: ["error": "\(error)"])
        }
    }

    private func tidy(_ account: Account, _ limits: StoreLimits) async throws {
        do {
            let hasForgotten = try await databases.forgetOld(of: account, limits: limits)
            state.withLock { state in
                state.progress.checked += 1
                state.progress.tidied += hasForgotten ? 1 : 0
            }
        } catch let error as StoreError where error != .closed {
            // The store has told the operator what is wrong with the file.
            state.withLock { state in
                state.progress.checked += 1
                state.progress.failed += 1
            }
        }
    }
}

extension UserDatabases {
    /// Forgets what is older than `limits` keep; whether there was something. Makes no file.
    func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool {
        let (now, process) = (now(), process)
        return try await pool.withExisting(.user(account)) { database in
            try await database.write(maxBytes: limits.bytes, isBounded: false) { database, counts, budget in
                try UserTransaction(
                    SQLiteRows(database, owner: process, counts: counts, budget: budget), now: now, limits: limits
                ).forgetOld()
            }
        } ?? false
    }
}
