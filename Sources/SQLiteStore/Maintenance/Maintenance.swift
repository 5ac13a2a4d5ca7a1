package import Identity
package import Logging
import Synchronization
package import Time
package import TodoStore

/// Rounds through all users: their files are migrated by being opened, and what is older than their tenant
/// keeps is forgotten, also of those who never come back.
package final class Maintenance: Sendable {
    /// The progress of a round.
    package struct Progress: Sendable, Hashable {
        /// Whether a run is in progress.
        package var isRunning = false
        /// The number of users visited in this run, or in the last one.
        package var checked = 0
        /// Users of `checked` who had something to forget.
        package var tidied = 0
        /// Users of `checked` whose file could not be used.
        package var failed = 0
        /// The tenant whose users are being checked.
        package var tenant: TenantID?
        package var startedAt: Timestamp?
        package var finishedAt: Timestamp?
    }

    private let databases: UserDatabases
    private let limits: @Sendable (TenantID) -> StoreLimits?
    private let pause: Duration
    private let page: Int
    private let logger: Logger
    private let state: Mutex<MaintenanceState>

    package var progress: Progress { state.withLock { $0.progress } }

    /// - Parameters:
    ///   - limits: Returns nil for a tenant whose users are skipped, such as a misconfigured one.
    ///   - pause: The pause after each user, which leaves the disk to requests.
    ///   - page: The number of users between two saves of the progress.
    package init(
        databases: UserDatabases, pause: Duration = .milliseconds(5), page: Int = 100, logger: Logger,
        limits: @escaping @Sendable (TenantID) -> StoreLimits?
    ) {
        self.databases = databases
        self.limits = limits
        self.pause = pause
        self.page = page
        state = Mutex(MaintenanceState())
        self.logger = logger
    }

    /// Goes on where the process before this one was. Only for the process that owns the data.
    package func resume() { state.withLock { $0 = MaintenanceState(folder: databases.folder.root) } }

    /// The time of the next run, a day after the end of the last one; nil for at once: after no or an interrupted run,
    /// or for a new schema version.
    package var nextRound: Timestamp? {
        state.withLock { state in
            guard state.cursor == nil, state.schema == Schema.user.version else { return nil }
            return state.progress.finishedAt.map { Timestamp(milliseconds: $0.milliseconds + 86_400_000) }
        }
    }

    /// Runs once, or continues an interrupted run, one page of users at a time. A failure of one user does not end it.
    ///
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
                    "maintenance of users skipped", metadata: ["tenant": "\(tenant)", "error": "\(error.explanation)"])
            }
        }
        state.withLock { state in
            state.progress.finishedAt = databases.now()
            state.progress.tenant = nil
            state.cursor = nil
        }
        await save()
    }

    /// The place to go on from; nil for the beginning.
    private func begin() -> MaintenanceState.Cursor? {
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
            state.withLock { [after] in $0.cursor = MaintenanceState.Cursor(tenant: tenant, hash: after) }
            await save()
        }
    }

    private func save() async {
        let (state, folder) = (state.withLock { $0 }, databases.folder.root)
        do {
            try await databases.threadPool.run { try state.save(in: folder) }
        } catch {
            logger.warning("progress of the maintenance not saved", metadata: ["error": "\(error)"])
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
            // The store has already logged the error of the file.
            state.withLock { state in
                state.progress.checked += 1
                state.progress.failed += 1
            }
        }
    }
}
