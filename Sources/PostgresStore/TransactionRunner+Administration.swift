import Identity
import Postgres
import TodoStore

/// Transactions that are not made of a user's rows.
extension TransactionRunner {
    /// Runs a transaction that may be run twice to the same effect, on a connection whose queue it fills.
    func transaction<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
        var attempts = 0
        while true {
            attempts += 1
            do {
                try lease.require()
                let (connection, _) = try slot.connection()
                do {
                    var setting = Arguments()
                    setting.append(key.text)
                    try connection.send(.begin)
                    try connection.send(.setAccount, setting)
                    let value = try body(connection)
                    try connection.send(.commit)
                    _ = try connection.finish(by: .now + Self.answerTime)
                    return value
                } catch {
                    if connection.isUsable, (try? connection.send(.rollback)) != nil,
                        (try? connection.finishLater()) != nil
                    {
                        throw error
                    }
                    connection.close()
                    throw error
                }
            } catch let error as PostgresError {
                if error.isUnreachable { slot.isUnreachable = true }
                switch error {
                case _ where error.isOfConnection && attempts < 3: continue
                case .serializationFailure where attempts < 5, .outcomeUnknown where attempts < 3: continue
                default: throw StoreError(error)
                }
            }
        }
    }

    /// Refuses a tenant whose data is somewhere else, or is being deleted by another node: a user who is not here may be there.
    func checkTenant() throws {
        let isOpen = try transaction { connection in
            try connection.send(.isTenantOpen, tenantArguments)
            return try connection.finish(by: .now + Self.answerTime).last?.first?.bool(0) ?? true
        }
        guard isOpen else { throw Self.tenantIsGone }
    }

    static let tenantIsGone = StoreError.unavailable(reason: "the tenant is being deleted, or was moved")

    /// Queues the deletion of all that the user has stored.
    func sendDeletions(on connection: PostgresConnection) throws {
        for statement in [Statement.deleteTodos, .deleteChanges, .deleteAllConversations, .deleteAllKeys] {
            try connection.send(statement, accountArguments)
        }
    }

    var accountArguments: Arguments {
        var arguments = Arguments()
        arguments.append(key.uuid)
        return arguments
    }

    var tenantArguments: Arguments { Self.arguments(tenant) }

    func tenantArguments(adding users: Int) -> Arguments {
        var arguments = tenantArguments
        arguments.append(users)
        return arguments
    }

    static func arguments(_ tenant: TenantID?) -> Arguments {
        var arguments = Arguments()
        arguments.append(tenant?.rawValue)
        return arguments
    }

    /// A second more than the server's own limit on a statement.
    static let answerTime = Duration.seconds(6)
}
