import CSQLite

/// A database with the settings of a user's database, for commits without any other work.
final class CommitDatabase {
    private var connection: OpaquePointer?

    init(path: String) throws {
        try self.check(sqlite3_open(path, &self.connection))
        try self.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try self.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    }

    deinit { sqlite3_close(self.connection) }

    /// Commits as much as one of a turn's transactions.
    func commit() throws {
        let insert = "INSERT INTO row (text) VALUES (hex(randomblob(100)))"
        try self.execute("BEGIN IMMEDIATE; \(insert); \(insert); \(insert); COMMIT")
    }

    private func execute(_ sql: String) throws { try self.check(sqlite3_exec(self.connection, sql, nil, nil, nil)) }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw ChatUser.Failure(description: String(cString: sqlite3_errstr(code))) }
    }
}
