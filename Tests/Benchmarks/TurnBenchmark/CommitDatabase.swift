import CSQLite

/// A database that is set up as those of the users are, for commits with nothing around them.
final class CommitDatabase {
    private var connection: OpaquePointer?

    init(path: String) throws {
        try self.check(sqlite3_open(path, &self.connection))
        try self.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try self.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    }

    deinit { sqlite3_close(self.connection) }

    /// As much as one of a turn's transactions writes.
    func commit() throws {
        let insert = "INSERT INTO row (text) VALUES (hex(randomblob(100)))"
        try self.execute("BEGIN IMMEDIATE; \(insert); \(insert); \(insert); COMMIT")
    }

    private func execute(_ sql: String) throws { try self.check(sqlite3_exec(self.connection, sql, nil, nil, nil)) }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw ChatUser.Failure(description: String(cString: sqlite3_errstr(code))) }
    }
}
