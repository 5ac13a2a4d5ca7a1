import EventLoops
import Identity
import Logging
import NIOPosix
import Postgres
import TodoStore

/// The part of this node among others.
extension PostgresUsers {
    /// Prolongs the lease three times in its duration, until the task is cancelled.
    package func keepLease() async {
        while !Task.isCancelled {
            do {
                try await beat()
            } catch {
                logger.warning(
                    "the lease of this node was not prolonged",
                    metadata: ["error": "\((StoreError.converted(error) as? StoreError)?.explanation ?? "\(error)")"])
            }
            try? await timer.sleep(for: configuration.lease / 3)
        }
    }

    /// Prolongs the lease of this node once, on a thread that no transaction takes.
    func beat() async throws {
        let lease = lease
        try await withCheckedThrowingContinuation { continuation in
            threads.submit { _ in continuation.resume(with: Result { try lease.beat() }) }
        }
    }

    /// Ends the turns of nodes whose lease is over, for users who do not come by themselves.
    /// - Returns: the number of users who had some; there may be more after a hundred.
    package func endOrphans() async throws -> Int {
        let orphans = try await administer { runner in
            try runner.transaction { connection in
                try connection.send(.orphanedAccounts)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.rows.map { row in
                    (try row.result.uuid(row.index, 0), try row.text(1))
                } ?? []
            }
        }
        for (uuid, name) in orphans {
            guard let tenant = TenantID(name) else { throw StoreError.corrupt }
            let key = AccountKey(uuid: uuid)
            try await pool.run(StorePool.Ticket(key: key, tenant: tenant, isWriting: true)) { slot in
                do {
                    try self.runner(key, tenant, slot).recover()
                } catch StoreError.notFound(.user) {
                    // Deleted meanwhile.
                }
            }
        }
        return orphans.count
    }
}
