import EventLoops
package import Identity
import Logging
import Postgres
package import TodoStore

/// The work that is done for all users, by one node at a time.
extension PostgresUsers {
    /// Forgets what is older than the tenants keep, once a day, of all users. Goes on where another node was cut off.
    ///
    /// - Parameters:
    ///   - limits: Returns nil for a tenant whose users are skipped, such as a misconfigured one.
    ///   - pause: The pause after each user, which leaves the database to requests.
    /// - Returns: the number of users looked after; nil when the work is not due, or another node's.
    package func forgetOldOfAll(
        pause: Duration = .milliseconds(5), limits: @Sendable (TenantID) -> StoreLimits?
    ) async throws -> Int? {
        guard let start = try await takeJob() else { return nil }
        try await administer { try $0.transaction { try $0.send(.forgetNodes) } }
        let place = start.split(separator: " ", maxSplits: 1).map(String.init)
        var (count, cursor) = (0, place.count == 2 ? (tenant: place[0], hash: place[1]) : nil)
        for tenant in try await tenants() where tenant.rawValue >= cursor?.tenant ?? "" {
            guard let limits = limits(tenant) else { continue }
            var after = tenant.rawValue == cursor?.tenant ? cursor?.hash ?? "" : ""
            while true {
                let page = try await users(of: tenant, after: after, limit: 100)
                guard let last = page.last else { break }
                for entry in page {
                    guard let user = entry.user else { continue }
                    count += 1
                    do {
                        _ = try await forgetOld(of: Account(tenant: tenant, user: user), limits: limits)
                    } catch StoreError.corrupt {
                        logger.warning("a user's data is damaged", metadata: ["user": "\(entry.hash)"])
                    }
                    try await timer.sleep(for: pause)
                }
                after = last.hash
                guard try await keepJob(at: "\(tenant) \(after)", for: Self.jobTime) else { return count }
            }
            cursor = nil
        }
        _ = try await keepJob(at: "", for: .seconds(86_400))
        return count
    }

    /// Returns where to begin; nil when the job is not due.
    private func takeJob() async throws -> String? {
        let node = lease.id
        return try await administer { runner in
            try runner.transaction { connection in
                var arguments = Arguments()
                arguments.append(Self.jobName)
                arguments.append(node)
                arguments.append(Int(Self.jobTime / .milliseconds(1)))
                try connection.send(.takeJob, arguments)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.first?.text(0)
            }
        }
    }

    /// Stores how far the job has come. One that is complete, at "", is no node's.
    /// - Returns: false when another node has taken the job.
    private func keepJob(at cursor: String, for time: Duration) async throws -> Bool {
        let node = lease.id
        return try await administer { runner in
            try runner.transaction { connection in
                var arguments = Arguments()
                arguments.append(Self.jobName)
                arguments.append(node)
                arguments.append(Int(time / .milliseconds(1)))
                arguments.append(cursor)
                arguments.append(cursor.isEmpty ? UUIDBytes(high: 0, low: 0) : node)
                try connection.send(.keepJob, arguments)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.changedRows == 1
            }
        }
    }

    private static let jobName = "housekeeping"
    /// More than a page of users takes.
    private static let jobTime = Duration.seconds(600)
}
