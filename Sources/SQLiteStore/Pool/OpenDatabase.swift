import CSQLite
import DequeModule
import GRDB
import Synchronization
import TodoStore

/// An open database. Its actor runs on the store's threads, so that calls block neither event loops nor each other.
///
/// GRDB's asynchronous `read` and `write` stop when the caller's task is cancelled, up to the COMMIT itself. Its
/// synchronous `inDatabase`, which this actor calls, does not check the task (GRDB 7.10, `Database.cancel` is only
/// called from `SerializedDatabase.execute`), and an actor's job runs regardless of its task: a change that has begun
/// is stored.
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

    /// Reads without BEGIN and COMMIT: no other connection can write while `body` runs.
    func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T {
        try inDatabase { database in try budget.spend { try body(database) } }
    }

    /// Reads without a limit of time, for an operator.
    func inspect<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T { try inDatabase(body) }

    /// Makes a change, which is on disk on return. Changes that wait for each other are committed together.
    ///
    /// - Parameter isBounded: False for changes without a limit on the time, such as those of operators.
    nonisolated func write<T: Sendable>(
        maxBytes: Int, isBounded: Bool = true,
        _ body: @escaping @Sendable (Database, CachedCounts, WorkBudget) throws -> T
    ) async throws -> T {
        let write = PendingWrite(maxBytes: maxBytes, isBounded: isBounded, body)
        waiting.withLock { $0.append(write) }
        return try await result(of: write)
    }

    /// Commits the waiting writes in batches; an earlier batch has usually committed this one already.
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

    /// Copies the database to a new file at `path`, and writes the log back to the database's own.
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

    /// Writes the log back to the file and empties it, so that it contains no deleted data.
    func checkpoint() throws { try inDatabase(Self.checkpoint) }

    private static func checkpoint(_ database: Database) throws {
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Writes the log back to the file and closes it. Only for an unused database.
    nonisolated func close() throws { try queue.close() }

    private func inDatabase<T>(_ body: (Database) throws -> T) throws -> T {
        try explaining { try queue.inDatabase(body) }
    }

    /// Converts errors of SQLite; runs where it may block, because the file system may have to be checked.
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

    /// Bytes beyond the quota for changes that make room, such as the journal entry of a deletion.
    private static let reserve = 1 << 20

    /// Refuses to write to a file that was removed or replaced: the data would be lost with the handle.
    private static func checkPlace(_ database: Database) throws {
        var hasMoved: Int32 = 0
        guard sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved) == SQLITE_OK,
            hasMoved == 0
        else { throw DatabaseError(resultCode: .SQLITE_READONLY_DBMOVED) }
    }
}
