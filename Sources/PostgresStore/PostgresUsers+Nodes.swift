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
        var isFailing = false
        while !Task.isCancelled {
            do {
                try await beat()
                if isFailing { logger.notice("the lease of this node is prolonged again") }
                isFailing = false
            } catch {
                // Once, and not with each beat.
                if !isFailing {
                    logger.warning(
                        "the lease of this node was not prolonged",
                        metadata: [
                            "error": "\((StoreError.converted(error) as? StoreError)?.explanation ?? "\(error)")"
                        ])
                }
                isFailing = true
            }
            try? await timer.sleep(for: configuration.lease / 3)
        }
    }

    /// Ends the turns of nodes whose lease is over, until the task is cancelled.
    package func watchNodes() async {
        while (try? await timer.sleep(for: configuration.lease / 2)) != nil {
            do {
                while try await endOrphans() > 0 {}
            } catch {
                // Without a lease, all work fails, which is logged there.
                guard lease.isHeld, let error = error as? StoreError else { continue }
                logger.warning("turns of other nodes were not ended", metadata: ["error": "\(error.explanation)"])
            }
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
    func endOrphans() async throws -> Int {
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
