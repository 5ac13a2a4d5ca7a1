import GRDB

/// Changes of one user that waited for each other: one transaction, and so one sync, for all of them.
///
/// Each has a savepoint of its own: one that fails takes nothing with it. If the COMMIT fails, all have failed.
struct WriteBatch {
    /// So many that a sync is cheap for each, so few that other users need not wait long for the thread.
    static let capacity = 64

    let writes: [any QueuedWrite]

    /// On return each change has its result: it is on disk, or it left nothing behind.
    /// - Parameter prepare: what is to be done before a change.
    func commit(
        _ database: Database, _ counts: CachedCounts, _ budget: WorkBudget, prepare: (any QueuedWrite) throws -> Void
    ) {
        do {
            try database.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
            for write in writes {
                if try attempt(write, database, counts, budget, prepare) { continue }
                // Each by itself: what one of them does not find room for is no reason to refuse the others.
                for write in writes { Self(writes: [write]).commit(database, counts, budget, prepare: prepare) }
                return
            }
            try database.cachedStatement(sql: "COMMIT").execute()
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            counts.forget()
            for write in writes { write.fail(error) }
        }
    }

    /// Whether the transaction goes on, with the change or without it: some errors, such as a full disk, make SQLite roll
    /// back all of it.
    /// - Throws: The error of a change that is the only one of its transaction.
    private func attempt(
        _ write: any QueuedWrite, _ database: Database, _ counts: CachedCounts, _ budget: WorkBudget,
        _ prepare: (any QueuedWrite) throws -> Void
    ) throws -> Bool {
        guard writes.count > 1 else {
            try prepare(write)
            try write.perform(database, counts, budget)
            return true
        }
        try database.cachedStatement(sql: "SAVEPOINT one").execute()
        do {
            try prepare(write)
            try write.perform(database, counts, budget)
        } catch {
            // What was counted on the way is rolled back.
            counts.forget()
            guard database.isInsideTransaction else { return false }
            try database.cachedStatement(sql: "ROLLBACK TO one").execute()
            write.fail(error)
        }
        try database.cachedStatement(sql: "RELEASE one").execute()
        return true
    }
}
