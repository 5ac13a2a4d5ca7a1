package import Identity
package import Logging
import Synchronization

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
        package var finishedAt: Timestamp?
    }

    private let databases: UserDatabases
    private let limits: @Sendable (TenantID) -> StoreLimits?
    private let pause: Duration
    private let logger: Logger
    private let state = Mutex(Progress())

    package var progress: Progress { state.withLock { $0 } }

    /// - Parameters:
    ///   - limits: nil for a tenant whose users are left alone, such as one that is misconfigured.
    ///   - pause: after each user, so that requests find the disk free.
    package init(
        databases: UserDatabases, pause: Duration = .milliseconds(5), logger: Logger,
        limits: @escaping @Sendable (TenantID) -> StoreLimits?
    ) {
        self.databases = databases
        self.limits = limits
        self.pause = pause
        self.logger = logger
    }

    /// One round, a page of users at a time; a user who cannot be looked after does not end it.
    /// - Throws: `StoreError` when the data folder cannot be read, `CancellationError`.
    package func round() async throws {
        state.withLock { $0 = Progress(isRunning: true, finishedAt: $0.finishedAt) }
        defer { state.withLock { $0.isRunning = false } }
        for tenant in try await databases.tenants() {
            guard let limits = limits(tenant) else { continue }
            do {
                try await tidy(tenant, limits)
            } catch let error as StoreError where error != .closed {
                logger.warning(
                    "users not looked after", metadata: ["tenant": "\(tenant)", "error": "\(error.explanation)"])
            }
        }
        state.withLock { $0.finishedAt = databases.now() }
    }

    private func tidy(_ tenant: TenantID, _ limits: StoreLimits) async throws {
        var after = ""
        while true {
            let page = try await databases.users(of: tenant, after: after, limit: Self.page)
            guard let last = page.last else { return }
            for entry in page {
                guard let user = entry.user, entry.bytes != nil else { continue }
                try await tidy(Account(tenant: tenant, user: user), limits)
                try await Task.sleep(for: pause)
            }
            after = last.hash
        }
    }

    private func tidy(_ account: Account, _ limits: StoreLimits) async throws {
        do {
            let hasForgotten = try await databases.forgetOld(of: account, limits: limits)
            state.withLock { progress in
                progress.checked += 1
                progress.tidied += hasForgotten ? 1 : 0
            }
        } catch let error as StoreError where error != .closed {
            // The store has told the operator what is wrong with the file.
            state.withLock { progress in
                progress.checked += 1
                progress.failed += 1
            }
        }
    }

    private static let page = 100
}

extension UserDatabases {
    /// Forgets what is older than `limits` keep; whether there was something. Makes no file.
    func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool {
        let (now, process) = (now(), process)
        return try await pool.withExisting(.user(account)) { database in
            try await database.write(maxBytes: limits.bytes) { database, counts in
                try UserTransaction(database, now: now, limits: limits, process: process, counts: counts).forgetOld()
            }
        } ?? false
    }
}
