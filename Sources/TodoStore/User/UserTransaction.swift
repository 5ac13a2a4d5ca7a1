import GRDB

/// One transaction on a user's database: all of it is on disk when `UserDatabases.write` returns, or none of it ever.
package final class UserTransaction: UserReader {
    let limits: StoreLimits
    /// This run of the server.
    let process: Int
    let counts: CachedCounts
    private let budget: WorkBudget
    /// The journal's entry that leads those of this transaction.
    var leader: Int?

    init(
        _ database: Database, now: Timestamp, limits: StoreLimits, process: Int, counts: CachedCounts,
        budget: WorkBudget
    ) {
        self.limits = limits
        self.process = process
        self.counts = counts
        self.budget = budget
        super.init(database, now: now)
    }

    /// - Throws: `StoreError.tooMuchWork` when the transaction has taken as long as one may.
    func checkBudget() throws(StoreError) { try budget.check() }
}
