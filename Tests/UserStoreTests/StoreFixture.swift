import EventLoops
import Foundation
import Identity
import Logging
import NIOPosix
import PostgresStore
import SQLiteStore
import StoreTesting
import Testing
import TodoStore

/// An empty store of either backend, with a clock that only the test moves.
struct StoreFixture: Sendable {
    let store: any UserStore
    let clock: TestClock
    private let make: @Sendable () -> any UserStore

    static let alice = account("acme", "alice")

    static func account(_ tenant: String, _ user: String) -> Account { .named(tenant, user) }

    static func run<T: Sendable>(
        _ backend: StoreBackend, _ body: (StoreFixture) async throws -> T
    ) async throws -> T {
        switch backend {
        case .sqlite:
            let folder = NSTemporaryDirectory() + "user-store-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            return try await run(threads: 4, body) { threads, clock in
                UserDatabases(
                    configuration: StoreConfiguration(folder: folder), threadPool: threads, logger: .silent,
                    now: clock.read)
            }
        case .postgresql:
            return try await TestDatabase.with { database in
                let configuration = PostgresStoreConfiguration(
                    database: database.app, connections: 4, waitingTime: .seconds(30))
                return try await run(threads: 5, body) { threads, clock in
                    PostgresUsers(
                        configuration: configuration, threadPool: threads, timer: MonotonicClock(ContinuousClock()),
                        logger: .silent, now: clock.read)
                }
            }
        }
    }

    private static func run<T: Sendable>(
        threads: Int, _ body: (StoreFixture) async throws -> T,
        _ make: @escaping @Sendable (NIOThreadPool, TestClock) -> any UserStore
    ) async throws -> T {
        let threadPool = NIOThreadPool(numberOfThreads: threads)
        threadPool.start()
        let clock = TestClock()
        let result: Result<T, any Error>
        do {
            result = .success(try await opened(clock, { make(threadPool, clock) }, body))
        } catch {
            result = .failure(error)
        }
        try await threadPool.shutdownGracefully()
        return try result.get()
    }

    /// Opens another store over the same data, as after a restart.
    func reopened<T>(_ body: (StoreFixture) async throws -> T) async throws -> T {
        try await Self.opened(clock, make, body)
    }

    private static func opened<T>(
        _ clock: TestClock, _ make: @escaping @Sendable () -> any UserStore,
        _ body: (StoreFixture) async throws -> T
    ) async throws -> T {
        let store = make()
        do {
            let result = try await body(StoreFixture(store: store, clock: clock, make: make))
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}
