import GRDB
import Synchronization

/// A change that waits for its transaction, whatever its result is.
protocol QueuedWrite: AnyObject, Sendable {
    /// What the file may grow to, in bytes.
    var maxBytes: Int { get }
    /// Makes the change inside the transaction that is open; its result counts once that is committed.
    func perform(_ database: Database, _ counts: CachedCounts, _ budget: WorkBudget) throws
    func fail(_ error: any Error)
}

/// A change that waits for its transaction, and then has its result.
final class PendingWrite<Value: Sendable>: QueuedWrite {
    typealias Body = @Sendable (Database, CachedCounts, WorkBudget) throws -> Value

    let maxBytes: Int
    private let isBounded: Bool
    private let body: Body
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    init(maxBytes: Int, isBounded: Bool, _ body: @escaping Body) {
        self.maxBytes = maxBytes
        self.isBounded = isBounded
        self.body = body
    }

    /// Nil while it waits. Only jobs of the database's actor may ask: between two of them nothing is half done.
    var result: Result<Value, any Error>? { outcome.withLock { $0 } }

    func perform(_ database: Database, _ counts: CachedCounts, _ budget: WorkBudget) throws {
        let value =
            isBounded
            ? try budget.spend { try body(database, counts, budget) } : try body(database, counts, budget)
        outcome.withLock { $0 = .success(value) }
    }

    func fail(_ error: any Error) { outcome.withLock { $0 = .failure(error) } }
}
