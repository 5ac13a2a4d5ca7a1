import CSQLite
import GRDB
import Identity
import Time
import TodoStore

/// An opener of the single connection to a database, which migrates the file to this version.
struct DatabaseOpener: Sendable {
    let folder: DataFolder
    let process: Int
    let faults: FaultLog
    let now: @Sendable () -> Timestamp

    /// Returns whether there is a file to open.
    func hasFile(_ id: DatabaseID) throws(StoreError) -> Bool {
        do {
            return try folder.file(of: id).exists()
        } catch {
            faults.refused(id, error)
            throw error
        }
    }

    /// Returns nil when there is no file and `create` is false.
    func open(_ id: DatabaseID, create: Bool) throws(StoreError) -> DatabaseQueue? {
        do {
            let file = try folder.file(of: id)
            if create { try file.create() }
            guard try file.exists() else { return nil }
            try file.checkFolders()
            let hasLog = try file.hasLog()
            let queue = try DatabaseQueue(path: file.path, configuration: Self.configuration)
            do {
                try queue.inDatabase { database in
                    try migrate(database, id)
                    try checkOwner(database, id)
                    if hasLog { try settle(database) }
                    if case .user = id { try recoverTurns(database) }
                }
            } catch {
                try? queue.close()
                throw error
            }
            faults.opened(id)
            return queue
        } catch {
            let error = StoreError(error, folder: folder)
            faults.refused(id, error)
            throw error
        }
    }

    /// Folds texts for searches; SQLite's own `lower` only handles ASCII.
    static let folded = DatabaseFunction("folded", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0])?.folded
    }

    private static let configuration: Configuration = {
        var configuration = Configuration()
        // No other connection may hold the file, so there is nothing to wait for.
        configuration.busyMode = .immediateError
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase(prepare)
        return configuration
    }()

    /// The settings of each connection, in one call: opening is most of the cost of a request whose user was not here lately.
    ///
    /// - The exclusive lock comes before any read, so that the log's index needs no shared memory.
    /// - Small pages for new files: each of a user's some twenty tables and indexes takes at least one.
    /// - The log's limit is above its size between two checkpoints (2,048 pages, of 4 KB in older files, and their
    ///   headers). Otherwise each checkpoint would truncate the log, and the next commits would extend the file again.
    private static let settings = """
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA page_size = 1024;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA secure_delete = ON;
        PRAGMA cache_size = -256;
        PRAGMA wal_autocheckpoint = 2048;
        PRAGMA journal_size_limit = 9437184;
        PRAGMA journal_mode = WAL;
        """

    /// Set directly, because GRDB's `journalMode` would reset `synchronous` to NORMAL.
    @Sendable private static func prepare(_ database: Database) throws {
        guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        guard steward_sqlite_db_config_defensive(connection) == SQLITE_OK else {
            throw DatabaseError(resultCode: .SQLITE_ERROR, message: "DEFENSIVE was refused")
        }
        database.add(function: Self.folded)
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        guard try database.values(Self.settings).last == "wal" else {
            throw DatabaseError(resultCode: .SQLITE_ERROR, message: "WAL was refused")
        }
        // The log is kept when the last connection closes, because creating it takes two syncs.
        var isPersistent: Int32 = 1
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &isPersistent)
    }

    /// Writes an existing log to the file before its first use.
    ///
    /// After a failed fsync the kernel discards the unwritten data and reports no error the next time: commits that are
    /// read from memory may not be on disk, and all later ones in the log would be lost with the power.
    private func settle(_ database: Database) throws {
        do {
            _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            // On a full disk data can be read but not added.
        }
    }

    private func recoverTurns(_ database: Database) throws {
        let rows = SQLiteRows(database, owner: process)
        // A savepoint would add two statements to each open.
        guard try rows.hasOrphans() else { return }
        try database.inSavepoint {
            try UserTransaction(rows, now: now(), limits: StoreLimits()).recoverTurns()
            return .commit
        }
    }

    private func migrate(_ database: Database, _ id: DatabaseID) throws {
        let schema = id.schema
        let header = try database.values("PRAGMA user_version; PRAGMA application_id").map { Int($0) ?? 0 }
        guard let version = header.first, let applicationID = header.last else { throw StoreError.corrupt }
        let isEmpty = try version == 0 && Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard applicationID == schema.applicationID || isEmpty else { throw StoreError.corrupt }
        guard version <= schema.version else { throw StoreError.newerSchema }
        guard version < schema.version else { return }
        try database.inTransaction(.immediate) {
            for migration in schema.migrations[max(version, 0)...] { try database.execute(sql: migration) }
            if isEmpty {
                try database.execute(
                    sql: "INSERT INTO owner (id, tenant, user, created_at) VALUES (1, ?, ?, ?)",
                    arguments: [id.tenant.rawValue, id.ownerUser, now().milliseconds])
            }
            try database.execute(
                sql: "PRAGMA application_id = \(schema.applicationID); PRAGMA user_version = \(schema.version)")
            return .commit
        }
    }

    private func checkOwner(_ database: Database, _ id: DatabaseID) throws {
        guard let owner = try FileOwner(database), owner.tenant == id.tenant.rawValue, owner.user == id.ownerUser
        else { throw StoreError.wrongOwner }
    }
}

extension DatabaseID {
    var schema: Schema {
        switch self {
        case .user: .user
        case .tenant: .tenant
        }
    }

    /// The user named in the file as its owner; no user has an empty id.
    fileprivate var ownerUser: String {
        switch self {
        case .user(let account): account.user.rawValue
        case .tenant: ""
        }
    }
}
