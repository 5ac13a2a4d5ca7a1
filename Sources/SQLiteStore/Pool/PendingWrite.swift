import GRDB
import Synchronization
import TodoStore

/// A change that waits for its transaction, regardless of the type of its result.
protocol QueuedWrite: AnyObject, Sendable {
    /// The maximum size of the file in bytes.
    var maxBytes: Int { get }
    /// Makes the change in the open transaction; its result is valid after the commit.
    func perform(_ database: Database, _ counts: CachedCounts, _ budget: WorkBudget) throws
    func fail(_ error: any Error)
}

/// A change that waits for its transaction, and then has a result.
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

    /// The result; nil while the change waits. Only to be read in jobs of the database's actor, between which no change
    /// is half done.
    var result: Result<Value, any Error>? { outcome.withLock { $0 } }

    func perform(_ database: Database, _ counts: CachedCounts, _ budget: WorkBudget) throws {
        let value =
            isBounded
            ? try budget.spend { try body(database, counts, budget) } : try body(database, counts, budget)
        outcome.withLock { $0 = .success(value) }
    }

    func fail(_ error: any Error) { outcome.withLock { $0 = .failure(error) } }
}
