import GRDB
import Identity
import Logging
import Synchronization
import TodoStore

/// Lends open databases: the hands of `PoolMachine`.
final class OpenDatabases: Sendable {
    private typealias Machine = PoolMachine<DatabaseID, OpenDatabase>

    private struct State {
        var machine: Machine
        var waiting: [Machine.Waiter: CheckedContinuation<Machine.Grant, any Error>] = [:]
        var lastWaiter: UInt64 = 0
        var drained: [CheckedContinuation<Void, Never>] = []
        /// The tenants whose databases may not be opened.
        var refused: Set<TenantID> = []

        func checkAdmitted(_ id: DatabaseID) throws(StoreError) {
            if refused.contains(id.tenant) { throw .unavailable(reason: "the tenant is being deleted") }
        }
    }

    private let opener: DatabaseOpener
    private let threads: StoreThreads
    private let configuration: StoreConfiguration
    private let logger: Logger
    private let state: Mutex<State>

    init(opener: DatabaseOpener, configuration: StoreConfiguration, threads: StoreThreads, logger: Logger) {
        self.opener = opener
        self.threads = threads
        self.configuration = configuration
        self.logger = logger
        state = Mutex(
            State(machine: Machine(capacity: configuration.capacity, maxWaiting: configuration.maxWaiting)))
    }

    var statistics: StoreStatistics {
        state.withLock { state in
            StoreStatistics(
                open: state.machine.openCount, waiting: state.machine.waitingCount, hits: state.machine.hits,
                misses: state.machine.misses, evictions: state.machine.evictions,
                faulty: opener.faults.count)
        }
    }

    /// Runs `body` with the database if it is open or its file exists; otherwise returns nil.
    func withExisting<T: Sendable>(
        _ id: DatabaseID, _ body: @Sendable (OpenDatabase) async throws -> T
    ) async throws -> T? {
        let database = try state.withLock { state throws(StoreError) in
            try state.checkAdmitted(id)
            return state.machine.acquireIfOpen(id)
        }
        if let database { return try await lend(database, body) }
        switch try await threads.run(for: id.tenant, { try self.openAtOnce(id) }) {
        case .use(let database): return try await lend(database, body)
        case .missing: return nil
        case .wait:
            guard let database = try await acquire(id, create: false) else { return nil }
            return try await lend(database, body)
        }
    }

    /// Runs `body` with the database, whose file is created if it does not exist.
    func withCreated<T: Sendable>(
        _ id: DatabaseID, _ body: @Sendable (OpenDatabase) async throws -> T
    ) async throws -> T {
        while true {
            // Nil when it waited for the open of a reader, who did not want the file made.
            guard let database = try await acquire(id, create: true) else { continue }
            return try await lend(database, body)
        }
    }

    /// Runs `body` while the database is closed and cannot be opened, to replace or remove its file.
    func withClosed<T: Sendable>(
        _ id: DatabaseID, evenIfRefused: Bool = false, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        while true {
            switch try await grant(id, evenIfRefused: evenIfRefused) {
            case .open:
                defer { step { $0.passedOn(id) } }
                let result = try await threads.run(for: id.tenant, body)
                opener.faults.forget(id)
                return result
            case .use(let database):
                // Released as broken, it closes after its last use, and the next grant is to open it.
                release(database, isBroken: true)
            case .failed(.closed): throw StoreError.closed
            // A failed opening by an earlier user does not prevent work on the file itself.
            case .failed, .missing: continue
            }
        }
    }

    /// Runs `body` when all databases of a tenant are closed; none can be opened again until `admit`.
    func withAllClosed(of tenant: TenantID, _ body: @escaping @Sendable () throws -> Void) async throws {
        state.withLock { _ = $0.refused.insert(tenant) }
        while let id = state.withLock({ $0.machine.firstKey { $0.tenant == tenant } }) {
            try await withClosed(id, evenIfRefused: true) {}
        }
        try await threads.run(for: tenant, body)
        opener.faults.forget(tenant)
    }

    /// Allows a tenant's databases to be opened again.
    func admit(_ tenant: TenantID) { state.withLock { _ = $0.refused.remove(tenant) } }

    /// Refuses new work, and returns when all files are closed.
    func close() async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.drained.append(continuation) }
            step { $0.shutDown() }
        }
    }

    private func lend<T: Sendable>(
        _ database: OpenDatabase, _ body: @Sendable (OpenDatabase) async throws -> T
    ) async throws -> T {
        do {
            let result = try await body(database)
            release(database, isBroken: false)
            return result
        } catch let error as StoreError {
            opener.faults.failed(database.id, error)
            release(database, isBroken: error.isFault)
            throw error
        } catch {
            release(database, isBroken: false)
            throw error
        }
    }

    private func release(_ database: OpenDatabase, isBroken: Bool) {
        step { machine in
            machine.release(database.id, isBroken: isBroken)
            return []
        }
    }

    /// Returns the pinned database; nil when there is no file and `create` is false.
    private func acquire(_ id: DatabaseID, create: Bool) async throws -> OpenDatabase? {
        switch try await grant(id) {
        case .use(let database): return database
        case .missing: return nil
        case .failed(let error): throw error
        case .open: return try await threads.run(for: id.tenant) { try self.open(id, create: create) }
        }
    }

    /// The result of an attempt to open a database without waiting.
    private enum Attempt: Sendable {
        case use(OpenDatabase), missing, wait
    }

    /// Opens the database on the thread that has checked for its file, which avoids a change of threads. Blocks.
    private func openAtOnce(_ id: DatabaseID) throws -> Attempt {
        // Checked before a slot in the pool is taken, so that users without a file take none.
        guard try opener.hasFile(id) else { return .missing }
        let hasRoom = try state.withLock { state throws(StoreError) in
            try state.checkAdmitted(id)
            return state.machine.acquireRoom(id)
        }
        guard hasRoom else { return .wait }
        return try open(id, create: false).map { .use($0) } ?? .missing
    }

    /// Opens a database for which there is room, and resumes all its waiters. Blocks.
    private func open(_ id: DatabaseID, create: Bool) throws(StoreError) -> OpenDatabase? {
        do {
            let queue = try opener.open(id, create: create)
            let database = queue.map {
                OpenDatabase(id: id, queue: $0, threads: threads, configuration: configuration, folder: opener.folder)
            }
            step { machine in
                database.map { machine.opened(id, $0) } ?? machine.openFailed(id, .missing)
            }
            return database
        } catch {
            step { $0.openFailed(id, .failed(error)) }
            throw error
        }
    }

    private func grant(_ id: DatabaseID, evenIfRefused: Bool = false) async throws -> Machine.Grant {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return Machine.Waiter(number: state.lastWaiter)
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let acquisition: Machine.Acquisition
                do throws(StoreError) {
                    acquisition = try state.withLock { state throws(StoreError) in
                        if !evenIfRefused { try state.checkAdmitted(id) }
                        let acquisition = state.machine.acquire(id, waiter: waiter)
                        if case .wait = acquisition { state.waiting[waiter] = continuation }
                        return acquisition
                    }
                } catch {
                    return continuation.resume(throwing: error)
                }
                switch acquisition {
                case .use(let database): continuation.resume(returning: .use(database))
                case .open: continuation.resume(returning: .open)
                case .overloaded: continuation.resume(throwing: StoreError.overloaded)
                case .closed: continuation.resume(throwing: StoreError.closed)
                case .wait:
                    step { _ in [] }
                    // The handler below may have run before there was anyone to cancel.
                    if Task.isCancelled { cancel(waiter, id) }
                }
            }
        } onCancel: {
            cancel(waiter, id)
        }
    }

    private func cancel(_ waiter: Machine.Waiter, _ id: DatabaseID) {
        let continuation = state.withLock { state in
            state.machine.cancel(waiter, id)
            return state.waiting.removeValue(forKey: waiter)
        }
        continuation?.resume(throwing: CancellationError())
    }

    /// Performs one event of the machine and its actions: resumes waiters, and closes idle databases in the background.
    private func step(_ event: (inout Machine) -> [(Machine.Waiter, Machine.Grant)]) {
        // A waiter's continuation is removed under the same lock as its grant, so that a granted wait cannot be
        // cancelled.
        let (grants, victims, drained) = state.withLock { state in
            let grants = event(&state.machine).compactMap { waiter, grant in
                state.waiting.removeValue(forKey: waiter).map { ($0, grant) }
            }
            var victims: [OpenDatabase] = []
            while let victim = state.machine.nextVictim() { victims.append(victim) }
            let drained = state.machine.isEmpty ? state.drained : []
            if state.machine.isEmpty { state.drained = [] }
            return (grants, victims, drained)
        }
        for (continuation, grant) in grants { continuation.resume(returning: grant) }
        for victim in victims { threads.submit(for: victim.id.tenant) { [self] in close(victim) } }
        for continuation in drained { continuation.resume() }
    }

    private func close(_ victim: OpenDatabase) {
        do {
            try victim.close()
        } catch {
            logger.error(
                "database not closed", metadata: ["error": "\(StoreError(error, folder: opener.folder))"])
        }
        step { $0.closed(victim.id) }
    }
}
