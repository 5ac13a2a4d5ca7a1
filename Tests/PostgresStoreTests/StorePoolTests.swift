import EventLoops
import Foundation
import Identity
import Postgres
import StoreTesting
import TestSupport
import Testing

@testable import PostgresStore
@testable import TodoStore

@Suite struct StorePoolTests {
    private let alice = PostgresFixture.alice

    @Test("Who waits for too long for the account or a connection is refused, and nothing of it is stored")
    func refusesLongWaits() async throws {
        try await PostgresFixture.run(connections: 2) {
            $0.waitingTime = .milliseconds(50)
        } _: { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            let isInside = Latch()
            let mayLeave = Flag()
            async let slow: Void = fixture.store.write(alice) { _ in
                isInside.open()
                while !mayLeave.isRaised { usleep(1000) }
            }
            await isInside.wait()
            await #expect(throws: StoreError.overloaded) {
                try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "b"), origin: .user) }
            }
            #expect(fixture.store.pool.waitingCount == 0)
            mayLeave.raise()
            try await slow
            #expect(try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks } == 1)
        }
    }

    @Test("Waiting can be cancelled, a transaction that has begun goes on")
    func cancels() async throws {
        try await PostgresFixture.run(connections: 2) { fixture in
            let isInside = Latch()
            let mayLeave = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await fixture.store.write(alice) { transaction in
                        isInside.open()
                        while !mayLeave.isRaised { usleep(1000) }
                        _ = try transaction.addTodo(TodoDraft(title: "a"), origin: .user)
                    }
                }
                await isInside.wait()
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        _ = try await fixture.store.write(alice) {
                            try $0.addTodo(TodoDraft(title: "b"), origin: .user)
                        }
                    }
                }
                while fixture.store.pool.waitingCount == 0 { await Task.yield() }
                group.cancelAll()
                mayLeave.raise()
                try await group.waitForAll()
            }
            #expect(
                try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items.map(\.title) } == [
                    "a"
                ])
        }
    }

    @Test("A database that is not there is refused at once after three attempts, and served when it is back")
    func opensBreaker() async throws {
        try await PostgresFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(TodoDraft(title: "a"), origin: .user) }
            let read: @Sendable () async throws -> Int = {
                try await fixture.store.read(alice, orEmpty: 0) { try $0.counts().tasks }
            }
            try await fixture.database.server.psql(
                """
                ALTER DATABASE \(fixture.database.name) ALLOW_CONNECTIONS false;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(fixture.database.name)'
                """)
            var refusals = 0
            for _ in 1...5 {
                do { _ = try await read() } catch is StoreError { refusals += 1 }
            }
            #expect(refusals == 5)
            try await fixture.database.server.psql(
                "ALTER DATABASE \(fixture.database.name) ALLOW_CONNECTIONS true")
            var found = 0
            for _ in 1...100 where found == 0 {
                do { found = try await read() } catch is StoreError { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(found == 1)
        }
    }

    @Test("Transactions in each other's way are run again: each counts once, also where the role is serializable")
    func repeatsConflicts() async throws {
        try await PostgresFixture.run { first in
            try await first.database.psql(
                "ALTER ROLE steward_app IN DATABASE \(first.database.name) SET default_transaction_isolation = 'serializable'"
            )
            try await first.other { second in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<24 {
                        let store = number.isMultiple(of: 2) ? first.store : second.store
                        group.addTask {
                            for _ in 1...20 {
                                do {
                                    _ = try await store.write(alice) {
                                        try $0.addTodo(TodoDraft(title: "\(number)"), origin: .user)
                                    }
                                    return
                                } catch StoreError.overloaded {}
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let titles = try await second.store.read(alice, orEmpty: []) {
                    try $0.todos(TodoQuery(limit: 100)).items.map(\.title)
                }
                #expect(titles.count == 24 && Set(titles).count == 24)
            }
        }
    }
}
