import Foundation
import GRDB
import Identity
import Logging
import NIOPosix
import Synchronization
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

/// A store in a temporary folder, with a clock that only the test moves.
struct StoreFixture: Sendable {
    let folder: String
    let store: UserDatabases
    let clock: TestClock
    let threadPool: NIOThreadPool

    static let alice = account("acme", "alice")

    static func account(_ tenant: String, _ user: String) -> Account {
        guard let tenant = TenantID(tenant), let user = UserID(user) else {
            preconditionFailure("a test's account is outside the grammar")
        }
        return Account(tenant: tenant, user: user)
    }

    /// Returns the path of a database.
    func path(_ id: DatabaseID) throws -> String { try DataFolder(root: folder).path(of: id) }

    /// Opens another store on the same folder, as after a restart.
    func reopened<T>(
        logger: Logger = .silent, _ body: (StoreFixture) async throws -> T
    ) async throws -> T {
        let store = UserDatabases(
            configuration: StoreConfiguration(folder: folder), threadPool: threadPool, logger: logger, now: clock.read)
        let fixture = StoreFixture(folder: folder, store: store, clock: clock, threadPool: threadPool)
        do {
            let result = try await body(fixture)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    static func run<T>(
        capacity: Int = 100, maxWaiting: Int = 100, threads: Int = 4,
        workClock: @escaping @Sendable () -> Duration = StoreConfiguration.threadTime,
        _ body: (StoreFixture) async throws -> T
    ) async throws -> T {
        let folder = NSTemporaryDirectory() + "todo-store-" + UUID().uuidString
        let threadPool = NIOThreadPool(numberOfThreads: threads)
        threadPool.start()
        let clock = TestClock()
        let store = UserDatabases(
            configuration: StoreConfiguration(
                folder: folder, capacity: capacity, maxWaiting: maxWaiting, workClock: workClock),
            threadPool: threadPool, logger: .silent, now: clock.read)
        let fixture = StoreFixture(folder: folder, store: store, clock: clock, threadPool: threadPool)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(fixture))
        } catch {
            result = .failure(error)
        }
        await store.close()
        try await threadPool.shutdownGracefully()
        try? FileManager.default.removeItem(atPath: folder)
        return try result.get()
    }
}

/// A clock that only the test moves.
final class TestClock: Sendable {
    private let milliseconds = Mutex(1_795_377_249_000)

    var now: Timestamp { milliseconds.withLock { Timestamp(milliseconds: $0) } }
    var read: @Sendable () -> Timestamp { { self.now } }

    func advance(seconds: Int) { milliseconds.withLock { $0 += seconds * 1000 } }
}

extension Logger {
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

extension TodoDraft {
    static func titled(
        _ title: String, description: String? = nil, priority: Priority = .medium, tags: [String] = [],
        due: String? = nil
    ) throws -> TodoDraft {
        try TodoDraft(
            title: title, description: description, priority: priority, tags: tags,
            dueAt: due.flatMap { Timestamp(rfc3339: $0) })
    }
}

extension UserReader {
    /// The connection below the seam.
    var database: Database {
        guard let rows = rows as? SQLiteRows else { preconditionFailure("the store is not SQLite's") }
        return rows.database
    }
}

extension UserTransaction {
    /// Adds a step in the turn's own attempt.
    func appendStep(turn id: Int, _ step: TurnStep) throws { try appendStep(claim(of: id), step) }

    /// Ends a turn in its own attempt.
    func finishTurn(_ id: Int, _ end: Turn.End) throws { try finishTurn(claim(of: id), end) }

    private func claim(of turn: Int) throws -> Turn.Claim {
        try self.turn(turn)?.claim ?? Turn.Claim(turn: turn, attempt: 1)
    }
}
