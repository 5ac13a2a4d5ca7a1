import CSQLite
import GRDB

/// The time of a thread that one piece of a user's work may take; what takes more fails as a whole.
///
/// It counts the time in which the thread computes, not that in which it waits: nobody is refused because the machine is
/// busy. Not thread-safe: it belongs to the actor of its database.
final class WorkBudget {
    private let limit: Duration
    private let clock: @Sendable () -> Duration
    private var end: Duration?

    /// - Parameter clock: the time that the calling thread has computed so far.
    init(limit: Duration, clock: @escaping @Sendable () -> Duration) {
        self.limit = limit
        self.clock = clock
    }

    /// Runs `body` within the limit; what it does afterwards is free again.
    func spend<T>(_ body: () throws -> T) rethrows -> T {
        end = clock() + limit
        defer { end = nil }
        return try body()
    }

    /// To be called between the items of a piece of work.
    func check() throws(StoreError) {
        guard !isSpent else { throw .tooMuchWork }
    }

    var isSpent: Bool { end.map { clock() > $0 } ?? false }

    /// Interrupts the statements of a connection, which must not outlive this budget, when they take too long.
    func watch(_ database: Database) {
        sqlite3_progress_handler(
            database.sqliteConnection, Self.steps,
            { budget in
                guard let budget else { return 0 }
                return Unmanaged<WorkBudget>.fromOpaque(budget).takeUnretainedValue().isSpent ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Steps of SQLite's machine between two looks at the clock: some 100 µs.
    private static let steps: Int32 = 10_000
}
