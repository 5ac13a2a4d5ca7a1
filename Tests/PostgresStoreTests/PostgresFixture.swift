import EventLoops
import Foundation
import Identity
import Logging
import NIOPosix
import Postgres
import Synchronization
import Testing
import Time

@testable import PostgresStore
@testable import TodoStore

/// A store on a database of its own, with a clock that only the test moves.
struct PostgresFixture: Sendable {
    let database: TestDatabase
    let store: PostgresUsers
    let clock: TestClock
    let threadPool: NIOThreadPool

    static let alice = account("acme", "alice")

    static func account(_ tenant: String, _ user: String) -> Account {
        guard let tenant = TenantID(tenant), let user = UserID(user) else {
            preconditionFailure("a test's account is outside the grammar")
        }
        return Account(tenant: tenant, user: user)
    }

    static func run<T: Sendable>(
        connections: Int = 4, _ change: (inout PostgresStoreConfiguration) -> Void = { _ in },
        _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
        try await databases.withPermit { try await runNow(connections, change, body) }
    }

    /// Enough to keep two cores busy; all tests at once would wait for each other for longer than a request may.
    private static let databases = AsyncSemaphore(permits: 4)

    private static func runNow<T>(
        _ connections: Int, _ change: (inout PostgresStoreConfiguration) -> Void,
        _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
        let database = try await TestDatabase.make()
        let threadPool = NIOThreadPool(numberOfThreads: connections + 1)
        threadPool.start()
        let clock = TestClock()
        var configuration = PostgresStoreConfiguration(
            database: database.app, connections: connections, waitingTime: .seconds(30))
        change(&configuration)
        let result: Result<T, any Error>
        do {
            result = .success(
                try await node(database, configuration, threadPool, clock) { try await body($0) })
        } catch {
            result = .failure(error)
        }
        try await threadPool.shutdownGracefully()
        try await database.drop()
        return try result.get()
    }

    /// Another node on the same database.
    func other<T>(
        _ change: (inout PostgresStoreConfiguration) -> Void = { _ in }, _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
        var configuration = PostgresStoreConfiguration(
            database: database.app, connections: 4, waitingTime: .seconds(30))
        change(&configuration)
        return try await Self.node(database, configuration, threadPool, clock, body)
    }

    private static func node<T>(
        _ database: TestDatabase, _ configuration: PostgresStoreConfiguration, _ threadPool: NIOThreadPool,
        _ clock: TestClock, _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
        let store = PostgresUsers(
            configuration: configuration, threadPool: threadPool, timer: MonotonicClock(ContinuousClock()),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: clock.read)
        do {
            let result = try await body(
                PostgresFixture(database: database, store: store, clock: clock, threadPool: threadPool))
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}

/// A clock that only the test moves.
final class TestClock: Sendable {
    private let milliseconds = Mutex(1_795_377_249_000)

    var read: @Sendable () -> Timestamp {
        { Timestamp(milliseconds: self.milliseconds.withLock(\.self)) }
    }

    func advance(seconds: Int) { milliseconds.withLock { $0 += seconds * 1000 } }
}
