import CSQLite
import DequeModule
import GRDB
import Synchronization

/// One open database: its actor runs on the store's threads, so that calls block neither an event loop nor each other.
///
/// GRDB's asynchronous `read` and `write` give up when the caller's task is cancelled, up to the COMMIT itself. Its
/// synchronous `inDatabase`, which this actor calls, never looks at the task (GRDB 7.10, `Database.cancel` is reached only
/// from `SerializedDatabase.execute`), and an actor's job runs however its task fares: what has begun is stored.
actor OpenDatabase {
    nonisolated let id: DatabaseID
    private nonisolated let executor: SerialPoolExecutor
    private nonisolated let queue: DatabaseQueue
    private nonisolated let folder: DataFolder
    private nonisolated let waiting = Mutex<Deque<any QueuedWrite>>([])
    private let counts = CachedCounts()
    private let budget: WorkBudget
    private var maxBytes = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        id: DatabaseID, queue: DatabaseQueue, threads: StoreThreads, configuration: StoreConfiguration,
        folder: DataFolder
    ) {
        self.id = id
        self.queue = queue
        self.folder = folder
        self.executor = SerialPoolExecutor(threads: threads, tenant: id.tenant)
        let budget = WorkBudget(limit: configuration.workLimit, clock: configuration.workClock)
        queue.inDatabase { budget.watch($0) }
        self.budget = budget
    }

    /// Without BEGIN and COMMIT: nobody else writes while `body` runs, as there is no other connection.
    func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T {
        try inDatabase { database in try budget.spend { try body(database) } }
    }

    /// As `read`, but for as long as it takes: for what an operator asks for.
    func inspect<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T { try inDatabase(body) }

    /// On return the change is on disk. Changes that wait for each other go there together.
    /// - Parameter isBounded: false for what may take as long as it takes, such as an operator's change.
    nonisolated func write<T: Sendable>(
        maxBytes: Int, isBounded: Bool = true,
        _ body: @escaping @Sendable (Database, CachedCounts, WorkBudget) throws -> T
    ) async throws -> T {
        let write = PendingWrite(maxBytes: maxBytes, isBounded: isBounded, body)
        waiting.withLock { $0.append(write) }
        return try await result(of: write)
    }

    /// Its own turn comes at last; mostly a change that came before it has taken it along.
    private func result<T: Sendable>(of write: PendingWrite<T>) throws -> T {
        while true {
            if let result = write.result { return try explaining { try result.get() } }
            commitNext()
        }
    }

    private func commitNext() {
        let batch = waiting.withLock { waiting in
            let writes = Array(waiting.prefix(WriteBatch.capacity))
            waiting.removeFirst(writes.count)
            return WriteBatch(writes: writes)
        }
        queue.inDatabase { database in
            batch.commit(database, counts, budget) { write in
                try Self.checkPlace(database)
                try limit(database, to: write.maxBytes)
            }
        }
    }

    /// Writes all that is stored into a new file at `path`, and the log back into the database's own.
    func snapshot(to path: String) throws {
        try inDatabase { database in
            guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
            try Self.checkpoint(database)
            // VACUUM INTO attaches the file that it writes; nothing else may attach one.
            sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 1)
            defer { sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0) }
            try database.execute(sql: "VACUUM INTO ?", arguments: [path])
            // A backup reads every page of every user: kept, they would fill the memory of all open databases.
            sqlite3_db_release_memory(connection)
        }
    }

    /// Writes the log back into the file and empties it, so that nothing that was deleted is left there.
    func checkpoint() throws { try inDatabase(Self.checkpoint) }

    private static func checkpoint(_ database: Database) throws {
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Writes the log back into the file and closes it. Only for a database that nobody uses.
    nonisolated func close() throws { try queue.close() }

    private func inDatabase<T>(_ body: (Database) throws -> T) throws -> T {
        try explaining { try queue.inDatabase(body) }
    }

    /// Says what an error of SQLite means, for which the file system may have to be asked: here, where that may block.
    private func explaining<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error where error is DatabaseError || error is RowDecodingError {
            throw StoreError(error, folder: folder)
        }
    }

    private func limit(_ database: Database, to maxBytes: Int) throws {
        guard maxBytes != self.maxBytes else { return }
        let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
        // SQLite takes no bound below the present size: then the file does not grow.
        try database.execute(sql: "PRAGMA max_page_count = \(max((maxBytes + Self.reserve) / pageSize, 1))")
        self.maxBytes = maxBytes
    }

    /// What may be written beyond the quota by what makes room, such as the journal's entry of a deletion.
    private static let reserve = 1 << 20

    /// What is written to a file that was removed, or that another one took the place of, would be lost with the handle.
    private static func checkPlace(_ database: Database) throws {
        var hasMoved: Int32 = 0
        guard sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved) == SQLITE_OK,
            hasMoved == 0
        else { throw DatabaseError(resultCode: .SQLITE_READONLY_DBMOVED) }
    }
}
