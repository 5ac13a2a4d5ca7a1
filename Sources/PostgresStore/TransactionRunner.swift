import Foundation
import Identity
import Postgres
import Time
import TodoStore

/// Runs the transactions of one user on a connection, and again where the database asks for it. Blocks.
struct TransactionRunner {
    let key: AccountKey
    /// Nil for work that is for no tenant.
    let tenant: TenantID?
    let lease: NodeLease
    let clock: StoreClock
    /// The time that one request may take.
    let workLimit: Duration
    let slot: StoreSlot

    /// - Parameter enter: makes the user; nil for work on one who must exist.
    func write<T>(
        limits: StoreLimits, enter: (() throws -> Void)?, stopsForOrphans: Bool = true,
        _ body: (UserTransaction) throws -> T
    ) throws -> T {
        var attempts = Attempts(clock: clock)
        while true {
            var value: T?
            let context = context(at: attempts.now)
            let rows = try rows(context, isWriting: true, stopsForOrphans, &attempts)
            do {
                try rows.begin()
                let result = try body(UserTransaction(rows, now: context.now, limits: limits))
                value = result
                try rows.commit(maxBytes: limits.bytes)
                return result
            } catch {
                let cause = rows.cause(of: error)
                rows.rollBack()
                if let value, let revision = rows.revisionBefore, case PostgresError.outcomeUnknown = cause {
                    if try isStored(context, revision: revision) { return value }
                }
                switch cause {
                case TransactionInterruption.noAccount:
                    guard let enter else {
                        try checkTenant()
                        throw StoreError.notFound(.user)
                    }
                    try attempts.count()
                    try enter()
                default: try react(to: cause, &attempts)
                }
            }
        }
    }

    func read<T>(orEmpty empty: T, _ body: (UserReader) throws -> T) throws -> T {
        var attempts = Attempts(clock: clock)
        while true {
            let context = context(at: attempts.now)
            let rows = try rows(context, isWriting: false, true, &attempts)
            do {
                try rows.begin()
                let value = try body(UserReader(rows, now: context.now))
                try rows.finishReading()
                return value
            } catch {
                let cause = rows.cause(of: error)
                rows.rollBack()
                if case TransactionInterruption.noAccount = cause {
                    try checkTenant()
                    return empty
                }
                try react(to: cause, &attempts)
            }
        }
    }

    /// Ends the turns of nodes whose lease is over.
    func recover() throws {
        try write(limits: StoreLimits(), enter: nil, stopsForOrphans: false) { try $0.recoverTurns() }
    }

    private func context(at now: Timestamp) -> TransactionContext {
        TransactionContext(
            key: key, tenant: tenant, node: lease.id, now: now, writeID: .random(),
            deadline: .now + workLimit)
    }

    private func rows(
        _ context: TransactionContext, isWriting: Bool, _ stopsForOrphans: Bool, _ attempts: inout Attempts
    ) throws -> PostgresRows {
        do {
            try lease.require()
            let (connection, _) = try slot.connection()
            return PostgresRows(context, on: connection, isWriting: isWriting, stopsForOrphans: stopsForOrphans)
        } catch {
            throw converted(error)
        }
    }

    /// Returns when the work is to be run again.
    private func react(to cause: any Error, _ attempts: inout Attempts) throws {
        switch cause {
        case TransactionInterruption.orphans:
            try attempts.count()
            try recover()
        case TransactionInterruption.clock(let last):
            try attempts.count()
            attempts.earliest = last
        case PostgresError.serializationFailure:
            try attempts.count()
            // So that the two do not meet again.
            Thread.sleep(forTimeInterval: Double.random(in: 0.001...0.02) * Double(attempts.number))
        case PostgresError.outcomeUnknown: try attempts.count()
        case let error as PostgresError where error.isOfConnection && attempts.lostConnections < 2:
            attempts.lostConnections += 1
        default: throw converted(cause)
        }
    }

    private func converted(_ error: any Error) -> any Error {
        if let error = error as? PostgresError, error.isUnreachable { slot.isUnreachable = true }
        return StoreError.converted(error)
    }

    /// Whether a transaction is stored whose COMMIT was not answered.
    /// - Throws: `StoreError.outcomeUnknown` if that cannot be known.
    private func isStored(_ context: TransactionContext, revision: Int) throws -> Bool {
        slot.isUnreachable = true
        let end = ContinuousClock.now + Self.lookUpTime
        repeat {
            do {
                let (connection, _) = try slot.connection()
                var setting = Arguments()
                setting.append(key.text)
                var write = Arguments()
                write.append(key.uuid)
                write.append(context.writeID)
                try connection.send(.begin)
                try connection.send(.setAccount, setting)
                try connection.send(.accountOutcome, write)
                let found = try connection.finish(by: context.answerDeadline).last?.first
                try connection.send(.rollback)
                try connection.finishLater()
                guard let found else { throw StoreError.outcomeUnknown }
                let outcome = WriteOutcome(
                    before: revision, found: try found.int(0), isOwn: try found.bool(1))
                switch outcome {
                case .stored:
                    slot.isUnreachable = false
                    return true
                case .missing: return false
                case .unknown: throw StoreError.outcomeUnknown
                }
            } catch let error as PostgresError {
                // The other transaction may still hold the row, or no server be the primary yet.
                slot.close()
                if case .permissionDenied = error { throw StoreError.outcomeUnknown }
                Thread.sleep(forTimeInterval: 0.2)
            }
        } while ContinuousClock.now < end
        throw StoreError.outcomeUnknown
    }

    private static let lookUpTime = Duration.seconds(5)
}

/// How often a transaction was run.
private struct Attempts {
    let clock: StoreClock
    var earliest: Timestamp?
    var lostConnections = 0
    private(set) var number = 0

    init(clock: StoreClock) { self.clock = clock }

    var now: Timestamp { earliest.map { max($0, clock.now) } ?? clock.now }

    /// - Throws: `StoreError.overloaded` when there were enough.
    mutating func count() throws(StoreError) {
        number += 1
        guard number <= 5 else { throw .overloaded }
    }
}
