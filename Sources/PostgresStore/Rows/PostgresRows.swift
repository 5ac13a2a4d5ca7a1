import Identity
import Postgres
import Time
import TodoStore

/// The rows of a user in PostgreSQL, inside the transaction that is open.
///
/// Changes wait in the pipeline until the next question or COMMIT: what they result in is known from the account's row, which
/// each write locks first. That row is itself asked for with the first question. A create takes two round trips, where one
/// for each statement would be thirteen.
final class PostgresRows: UserRows {
    let context: TransactionContext
    let connection: PostgresConnection
    private let isWriting: Bool
    /// False for the transaction that ends the turns of other nodes.
    private let stopsForOrphans: Bool

    /// The error that has ended the transaction, even if the work has gone on.
    private(set) var failure: (any Error)?
    private var loaded: AccountRow?
    /// The user's row with all changes of this transaction; only after `load`.
    var account: AccountRow {
        get { loaded ?? Self.unloaded }
        set { loaded = newValue }
    }
    private static var unloaded: AccountRow { preconditionFailure("the account's row is used before it is loaded") }

    /// The bytes that this transaction has added, as far as it knows.
    var addedBytes = 0
    /// Whether statements of this transaction have subtracted bytes that it does not know.
    var bytesAreStale = false
    var oldestChangeIsStale = false
    var runnersChanged = false
    private var hasChanges = false

    /// Knowledge of this transaction that saves questions.
    var known = KnownRows()

    init(
        _ context: TransactionContext, on connection: PostgresConnection, isWriting: Bool, stopsForOrphans: Bool = true
    ) {
        self.context = context
        self.connection = connection
        self.isWriting = isWriting
        self.stopsForOrphans = stopsForOrphans
    }

    func checkBudget() throws(StoreError) {
        guard ContinuousClock.now < context.deadline else { throw .tooMuchWork }
    }

    func usedBytes() throws -> Int {
        try load()
        if bytesAreStale {
            account.bytes = try ask(.accountBytes, arguments).first?.int(0) ?? account.bytes
            bytesAreStale = false
        }
        return account.bytes + addedBytes
    }

    func isFull(_ bytes: Int) throws -> Bool {
        try load()
        guard account.bytes + addedBytes >= bytes else { return false }
        return try usedBytes() >= bytes
    }
}

// MARK: Statements

extension PostgresRows {
    /// The arguments of a statement, whose first one is the account.
    var arguments: Arguments {
        var arguments = Arguments()
        arguments.append(context.key.uuid)
        return arguments
    }

    /// Queues the beginning of the transaction, which the first question takes along.
    func begin() throws {
        var setting = Arguments()
        setting.append(context.key.text)
        var owner = arguments
        owner.append(context.node)
        try queue(isWriting ? .begin : .beginRead)
        try queue(.setAccount, setting)
        try queue(isWriting ? .accountForUpdate : .account, owner)
    }

    private func queue(_ statement: Statement, _ arguments: Arguments = Arguments()) throws {
        if let failure { throw failure }
        do {
            try connection.send(statement, arguments)
        } catch {
            failure = error
            throw error
        }
    }

    /// Sends all that waits, and returns its results.
    @discardableResult
    private func flush() throws -> [PostgresResult] {
        if let failure { throw failure }
        do {
            let results = try connection.finish(by: context.answerDeadline)
            if loaded == nil { try load(from: results) }
            return results
        } catch {
            failure = error
            throw error
        }
    }

    /// Queues a change.
    func change(_ statement: Statement, _ arguments: Arguments) throws {
        hasChanges = true
        known.forgetAnswers()
        try queue(statement, arguments)
    }

    /// Asks a question that changes nothing.
    func ask(_ statement: Statement, _ arguments: Arguments) throws -> PostgresResult {
        try queue(statement, arguments)
        guard let result = try flush().last else { throw PostgresError.unexpectedValue("an answer is missing") }
        return result
    }

    /// Asks several questions in one round trip.
    func ask(_ questions: (Statement, Arguments)...) throws -> [PostgresResult] {
        for (statement, arguments) in questions { try queue(statement, arguments) }
        let results = try flush().suffix(questions.count)
        guard results.count == questions.count else { throw PostgresError.unexpectedValue("an answer is missing") }
        return Array(results)
    }

    /// Makes a change, and waits for what it returns.
    func changeNow(_ statement: Statement, _ arguments: Arguments) throws -> PostgresResult {
        try change(statement, arguments)
        guard let result = try flush().last else { throw PostgresError.unexpectedValue("an answer is missing") }
        return result
    }

    /// Makes changes in one round trip, and waits for what they return.
    func changeNow(_ changes: (Statement, Arguments)...) throws -> [PostgresResult] {
        for (statement, arguments) in changes { try change(statement, arguments) }
        return Array(try flush().suffix(changes.count))
    }

    /// Makes sure that `account` is there.
    func load() throws {
        if let failure { throw failure }
        if loaded == nil { try flush() }
    }

    /// - Parameter results: of a pipeline that began with `begin`.
    private func load(from results: [PostgresResult]) throws {
        guard results.count >= 3 else { throw PostgresError.unexpectedValue("an answer is missing") }
        guard let row = results[2].first else { throw TransactionInterruption.noAccount }
        let account = try AccountRow(row)
        if try stopsForOrphans && row.bool(0) {
            var owner = arguments
            owner.append(context.node)
            try connection.send(.hasOrphans, owner)
            if try connection.finish(by: context.answerDeadline).last?.first?.bool(0) == true {
                throw TransactionInterruption.orphans
            }
        }
        // Entries of a journal ascend in time, whichever node they are made at.
        if isWriting, account.lastAt > context.now { throw TransactionInterruption.clock(account.lastAt) }
        loaded = account
    }

    /// Stops for the owner of a key that is running somewhere else, if its lease is over.
    func checkOwner() throws {
        guard stopsForOrphans else { return }
        var owner = arguments
        owner.append(context.node)
        guard try ask(.hasOrphans, owner).first?.bool(0) == true else { return }
        failure = TransactionInterruption.orphans
        throw TransactionInterruption.orphans
    }
}

// MARK: The end

extension PostgresRows {
    /// Ends a transaction that has changed nothing, without waiting.
    func finishReading() throws {
        try load()
        // A connection that is lost now is found so by its next user.
        try? connection.send(.commit)
        try? connection.finishLater()
    }

    /// Commits the changes. On return they are stored.
    /// - Parameter maxBytes: The user's quota.
    func commit(maxBytes: Int) throws {
        try load()
        guard hasChanges else { return try finishReading() }
        // Changes may go on beyond the quota, in a reserve for those that make room.
        if addedBytes > 0, account.bytes + addedBytes > maxBytes, try usedBytes() > maxBytes + Self.reserve {
            throw StoreError.quotaExceeded(.bytes)
        }
        var arguments = arguments
        arguments.append(context.writeID)
        arguments.append(max(context.now, account.lastAt).milliseconds)
        for id in [
            account.lastTodo, account.lastChange, account.lastConversation, account.lastTurn, account.lastMessage,
            account.lastConfirmation, account.todos, account.conversations, account.messages, addedBytes,
        ] {
            arguments.append(id)
        }
        arguments.append(account.oldestChange?.id)
        arguments.append(account.oldestChange?.at.milliseconds)
        arguments.append(oldestChangeIsStale)
        arguments.append(runnersChanged)
        try queue(.updateAccount, arguments)
        try queue(.commit)
        try flush()
    }

    /// The reason for which the work failed with `error`: an error of the transaction that it may have made its own.
    func cause(of error: any Error) -> any Error {
        // Work that has refused a request without a question may be for a user who is not there, who is told so.
        if failure == nil, loaded == nil { try? load() }
        return failure ?? error
    }

    /// Ends the transaction without its changes, without waiting.
    func rollBack() {
        guard connection.isUsable else { return }
        do {
            try connection.send(.rollback)
            try connection.finishLater()
        } catch {
            connection.close()
        }
    }

    /// The revision of the account before this transaction; nil if it was never reached.
    var revisionBefore: Int? { loaded?.revision }

    /// Bytes beyond the quota for changes that make room, such as the journal entry of a deletion.
    private static let reserve = 1 << 20
}
