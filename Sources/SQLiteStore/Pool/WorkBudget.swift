import CSQLite
import GRDB
import TodoStore

/// A limit on the thread's CPU time for one piece of a user's work, which fails as a whole beyond it.
///
/// Counts the time in which the thread computes, not that in which it waits: nobody is refused because the machine is
/// busy. Not thread-safe: it belongs to the actor of its database.
final class WorkBudget {
    private let limit: Duration
    private let clock: @Sendable () -> Duration
    private var end: Duration?

    /// - Parameter clock: Returns the CPU time of the calling thread so far.
    init(limit: Duration, clock: @escaping @Sendable () -> Duration) {
        self.limit = limit
        self.clock = clock
    }

    /// Runs `body` within the limit.
    func spend<T>(_ body: () throws -> T) rethrows -> T {
        end = clock() + limit
        defer { end = nil }
        return try body()
    }

    /// Checks the budget between the items of a piece of work.
    func check() throws(StoreError) {
        guard !isSpent else { throw .tooMuchWork }
    }

    var isSpent: Bool { end.map { clock() > $0 } ?? false }

    /// Interrupts statements of a connection that exceed the limit. The connection must not outlive this budget.
    func watch(_ database: Database) {
        sqlite3_progress_handler(
            database.sqliteConnection, Self.steps,
            { budget in
                guard let budget else { return 0 }
                return Unmanaged<WorkBudget>.fromOpaque(budget).takeUnretainedValue().isSpent ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// The number of SQLite's steps between two checks of the clock: some 100 µs.
    private static let steps: Int32 = 10_000
}
