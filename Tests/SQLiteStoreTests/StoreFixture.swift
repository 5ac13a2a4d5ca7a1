import Foundation
import GRDB
import Identity
import Logging
import NIOPosix
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// A store in a temporary folder, with a clock that only the test moves.
struct StoreFixture: Sendable {
    let folder: String
    let store: UserDatabases
    let clock: TestClock
    let threadPool: NIOThreadPool

    static let alice = account("acme", "alice")

    static func account(_ tenant: String, _ user: String) -> Account { .named(tenant, user) }

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

extension UserReader {
    /// The connection below the seam.
    var database: Database {
        guard let rows = rows as? SQLiteRows else { preconditionFailure("the store is not SQLite's") }
        return rows.database
    }
}
