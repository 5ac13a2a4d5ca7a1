import GRDB
import TodoStore

/// The rows of a user in their SQLite database, inside the transaction that is open.
final class SQLiteRows: UserRows {
    let database: Database
    /// The id of the process, which owns the turns that it leaves running.
    let owner: Int
    let counts: CachedCounts
    private let budget: WorkBudget?

    /// - Parameters:
    ///   - counts: The counts of the connection inside a transaction, and new ones for reading.
    ///   - budget: The limit on the time; nil for none.
    init(_ database: Database, owner: Int, counts: CachedCounts = CachedCounts(), budget: WorkBudget? = nil) {
        self.database = database
        self.owner = owner
        self.counts = counts
        self.budget = budget
    }

    func checkBudget() throws(StoreError) { try budget?.check() }

    func usedBytes() throws -> Int {
        let counts = try ["page_count", "freelist_count", "page_size"].map {
            try Int.fetchOne(database.cachedStatement(sql: "PRAGMA \($0)")) ?? 0
        }
        return (counts[0] - counts[1]) * counts[2]
    }

    func isFull(_ bytes: Int) throws -> Bool {
        let pages = try Int.fetchOne(database.cachedStatement(sql: "PRAGMA page_count")) ?? 0
        // An imported file has pages of its own size.
        let pageSize = try Int.fetchOne(database.cachedStatement(sql: "PRAGMA page_size")) ?? 4096
        guard pages * pageSize >= bytes else { return false }
        return try usedBytes() >= bytes
    }

    func count(_ table: StaticString) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM \(table)")) ?? 0
    }
}

/// Ids as the arguments of an `IN`. Their number is rounded up to a power of two, so that few statements are prepared.
struct IDList {
    let places: String
    let arguments: StatementArguments

    init(_ ids: [Int]) {
        var size = 1
        while size < ids.count { size *= 2 }
        let padded = ids + Array(repeating: ids.last ?? 0, count: size - ids.count)
        places = "(" + Array(repeating: "?", count: size).joined(separator: ", ") + ")"
        arguments = StatementArguments(padded)
    }
}
