package import Identity
import Logging
import Postgres
import Secrets
import Time
package import TodoStore

/// The administration of users' data.
extension PostgresUsers {
    /// Makes a user, if the tenant may have another one. Blocks.
    func enter(_ account: Account, _ runner: TransactionRunner, limit: Int) throws {
        try checkAdmitted(account.tenant)
        try runner.transaction { connection in
            try connection.send(.insertTenant, runner.tenantArguments)
            try connection.send(.tenantForUpdate, runner.tenantArguments)
            try connection.send(.isLive, runner.accountArguments)
            let results = try connection.finish(by: .now + TransactionRunner.answerTime)
            guard results.count >= 2, let tenant = results[results.count - 2].first else { throw StoreError.corrupt }
            guard results[results.count - 1].rowCount == 0 else { return }
            guard try tenant.bool(1) else { throw TransactionRunner.tenantIsGone }
            guard try tenant.int(0) < limit else { throw StoreError.quotaExceeded(.users) }
            var arguments = runner.accountArguments
            arguments.append(runner.key.hash)
            arguments.append(account.tenant.rawValue)
            arguments.append(account.user.rawValue)
            arguments.append(clock.now.milliseconds)
            try connection.send(.insertAccount, arguments)
            try connection.send(.setUserCount, runner.tenantArguments(adding: 1))
        }
    }

    package func tenants() async throws -> [TenantID] {
        try await administer { runner in
            try runner.transaction { connection in
                try connection.send(.tenants)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.rows
                    .compactMap { TenantID(try $0.text(0)) } ?? []
            }
        }
    }

    package func users(of tenant: TenantID, after hash: String, limit: Int) async throws -> [UserEntry] {
        let start = Hex.decode(hash).flatMap { UUIDBytes($0.prefix(16)) } ?? UUIDBytes(high: 0, low: 0)
        return try await administer { runner in
            try runner.transaction { connection in
                var arguments = Arguments()
                arguments.append(tenant.rawValue)
                arguments.append(start)
                arguments.append(limit)
                try connection.send(.becomeKeeper)
                try connection.send(.users, arguments)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.rows.map { row in
                    let isDeleted = try row.bool(3)
                    return UserEntry(
                        hash: try row.text(0), user: isDeleted ? nil : UserID(try row.text(1)),
                        createdAt: try row.time(2), bytes: isDeleted ? nil : try row.int(4),
                        stamp: isDeleted ? nil : String(try row.int(5)))
                } ?? []
            }
        }
    }

    package func summary(of account: Account) async throws -> UserSummary? {
        try await run(account, isWriting: false) { runner in
            try runner.transaction { connection in
                try connection.send(.summary, runner.accountArguments)
                return try connection.finish(by: .now + TransactionRunner.answerTime).last?.first.map { row in
                    UserSummary(
                        createdAt: try row.time(0), tasks: try row.int(1), conversations: try row.int(2),
                        messages: try row.int(3), changes: try row.int(4), bytes: try row.int(5),
                        schema: PostgresSchema.version)
                }
            }
        }
    }

    package func delete(_ account: Account) async throws -> Bool {
        let isDeleted = try await run(account, isWriting: true) { [clock] runner in
            try runner.transaction { connection in
                // As whoever adds a user: the tenant's row before the user's.
                try connection.send(.tenantForUpdate, runner.tenantArguments)
                var arguments = runner.accountArguments
                arguments.append(clock.now.milliseconds)
                try connection.send(.buryAccount, arguments)
                guard try connection.finish(by: .now + TransactionRunner.answerTime).last?.changedRows == 1 else {
                    return false
                }
                try runner.sendDeletions(on: connection)
                try connection.send(.setUserCount, runner.tenantArguments(adding: -1))
                return true
            }
        }
        if isDeleted { report("user deleted", account) }
        return isDeleted
    }

    package func purge(_ tenant: TenantID) async throws {
        refuse(tenant)
        try await administer { runner in
            try runner.transaction { try $0.send(.closeTenant, TransactionRunner.arguments(tenant)) }
        }
        while true {
            let entries = try await users(of: tenant, limit: 100)
            for entry in entries {
                guard let key = Hex.decode(entry.hash).flatMap({ AccountKey(hash: $0) }) else {
                    throw StoreError.corrupt
                }
                let ticket = StorePool.Ticket(key: key, tenant: tenant, isWriting: true)
                try await pool.run(ticket) { slot in
                    let runner = self.runner(key, tenant, slot)
                    try runner.transaction { connection in
                        var arguments = runner.accountArguments
                        arguments.append(0)
                        // Waits for whoever is writing.
                        try connection.send(.buryAccount, arguments)
                        try runner.sendDeletions(on: connection)
                        try connection.send(.deleteAccount, runner.accountArguments)
                    }
                }
            }
            if entries.isEmpty { break }
        }
        try await administer { runner in
            try runner.transaction { try $0.send(.deleteTenant, TransactionRunner.arguments(tenant)) }
        }
        logger.notice("data of a tenant deleted", metadata: ["tenant": "\(tenant)"])
    }

    package func forgetOld(of account: Account, limits: StoreLimits) async throws -> Bool {
        try await run(account, isWriting: true) { runner in
            do {
                return try runner.write(limits: limits, enter: nil) { try $0.forgetOld() }
            } catch StoreError.notFound(.user) {
                return false
            }
        }
    }

    /// Runs blocking work that concerns no single user.
    func administer<T: Sendable>(
        _ work: @escaping @Sendable (TransactionRunner) throws -> T
    ) async throws -> T {
        let ticket = StorePool.Ticket(key: .none, tenant: nil, isWriting: false)
        return try await pool.run(ticket) { try work(self.runner(.none, nil, $0)) }
    }

    /// The hash identifies the user to the operator, but not to other readers of the log.
    private func report(_ what: String, _ account: Account) {
        let hash = (try? AccountHash(account).text) ?? "-"
        logger.notice("\(what)", metadata: ["tenant": "\(account.tenant)", "user": "\(hash)"])
    }
}
