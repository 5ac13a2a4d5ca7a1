import CSQLite
import GRDB
import Identity
import TodoStore

/// A new database from the checked rows of a file from outside.
///
/// Nothing of the file itself is kept: neither its pages and what lies between them nor its counters are trusted.
enum DatabaseRebuild {
    /// Writes a new database at `path` for `account`.
    ///
    /// - Parameter source: A checked copy.
    /// - Throws: `StoreError`, `UserImport.Refusal.badTask`; then the caller removes the new file.
    static func write(_ source: DatabaseCopy, to path: String, for account: Account) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // The file is private until it is complete and synced.
            try database.execute(
                sql: "PRAGMA page_size = 1024; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try source.readRows { rows in
            try queue.inDatabase { database in
                try database.inTransaction {
                    try copy(rows, to: database, for: account)
                    return .commit
                }
            }
        }
    }

    private static func copy(_ source: Database, to target: Database, for account: Account) throws {
        let version = try Int.fetchOne(source, sql: "PRAGMA user_version") ?? 0
        guard (1...Schema.user.version).contains(version) else { throw StoreError.corrupt }
        for migration in Schema.user.migrations[..<version] { try target.execute(sql: migration) }
        try target.execute(
            sql: "PRAGMA application_id = \(Schema.user.applicationID); PRAGMA user_version = \(version)")
        let since = try Int.fetchOne(source, sql: "SELECT created_at FROM owner")
        guard let since, StoredRange.time.contains(since) else { throw StoreError.corrupt }
        try target.execute(
            sql: "INSERT INTO owner (id, tenant, user, created_at) VALUES (1, ?, ?, ?)",
            arguments: [account.tenant.rawValue, account.user.rawValue, since])
        for table in TableRule.ofUser { try copy(table, from: source, to: target) }
        guard try Integrity.strayMessages(target) == 0 else { throw StoreError.corrupt }
        try copyCounters(from: source, to: target)
    }

    private static func copy(_ table: TableRule, from source: Database, to target: Database) throws {
        let columns = try target.columns(in: table.name).map(\.name)
        let list = columns.joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let insert = try target.makeStatement(sql: "INSERT INTO \(table.name) (\(list)) VALUES (\(places))")
        let select = try source.makeStatement(sql: "SELECT \(list) FROM \(table.name)")
        let rows = try Row.fetchCursor(select)
        while let row = try rows.next() {
            try checkTexts(row, select)
            let values = Dictionary(zip(columns, row.databaseValues), uniquingKeysWith: { first, _ in first })
            guard let checked = try table.checked(values) else { continue }
            try insert.execute(arguments: StatementArguments(columns.map { checked[$0] ?? .null }))
        }
    }

    /// Refuses texts that are no UTF-8 or go on after a NUL.
    private static func checkTexts(_ row: Row, _ statement: Statement) throws {
        for (index, value) in row.databaseValues.enumerated() {
            guard case .string(let text) = value.storage else { continue }
            guard Int(sqlite3_column_bytes(statement.sqliteStatement, Int32(index))) == text.utf8.count else {
                throw StoreError.corrupt
            }
        }
    }

    /// Counters continue, so that no id is used twice.
    private static func copyCounters(from source: Database, to target: Database) throws {
        let tables = try Set(String.fetchAll(target, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        for row in try Row.fetchAll(source, sql: "SELECT name, seq FROM sqlite_sequence") {
            let values = Array(row.databaseValues)
            guard let name = String.fromDatabaseValue(values[0]), tables.contains(name),
                case .int64(let count) = values[1].storage,
                (0...StoredRange.id.upperBound).contains(Int(count))
            else { throw StoreError.corrupt }
            try target.execute(
                sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", arguments: [count, name])
            guard target.changesCount == 0 else { continue }
            try target.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [name, count])
        }
    }
}
