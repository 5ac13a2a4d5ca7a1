import EventLoops
import Foundation
import Identity
import Logging
import NIOPosix
import Postgres
import StoreTesting
import Testing

@testable import PostgresStore
@testable import TodoStore

/// A store on a database of its own, with a clock that only the test moves.
struct PostgresFixture: Sendable {
    let database: TestDatabase
    let store: PostgresUsers
    let clock: TestClock
    let threadPool: NIOThreadPool

    static let alice = account("acme", "alice")

    static func account(_ tenant: String, _ user: String) -> Account { .named(tenant, user) }

    static func run<T: Sendable>(
        connections: Int = 4, _ change: (inout PostgresStoreConfiguration) -> Void = { _ in },
        _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
        try await TestDatabase.with { try await run(connections, change, on: $0, body) }
    }

    private static func run<T>(
        _ connections: Int, _ change: (inout PostgresStoreConfiguration) -> Void, on database: TestDatabase,
        _ body: (PostgresFixture) async throws -> T
    ) async throws -> T {
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
            logger: .silent, now: clock.read)
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
