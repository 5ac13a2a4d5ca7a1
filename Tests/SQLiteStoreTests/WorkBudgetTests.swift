import Foundation
import GRDB
import Identity
import StoreTesting
import Synchronization
import Testing
import Time

@testable import SQLiteStore
@testable import TodoStore

/// Work that takes more of a thread's time than one request may. The test sets the time.
@Suite struct WorkBudgetTests {
    private let alice = StoreFixture.alice

    /// The time of a thread, which advances only when the test, or a reading, makes it.
    private final class ThreadClock: Sendable {
        private let state = Mutex((now: Duration.zero, step: Duration.zero))

        var read: @Sendable () -> Duration {
            {
                self.state.withLock { state in
                    defer { state.now += state.step }
                    return state.now
                }
            }
        }

        func advance(_ duration: Duration) { state.withLock { $0.now += duration } }

        /// Advances the time by `step` at each reading.
        func run(_ step: Duration) { state.withLock { $0.step = step } }
    }

    private static let endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c"

    private func run(_ body: (StoreFixture, ThreadClock) async throws -> Void) async throws {
        let clock = ThreadClock()
        try await StoreFixture.run(workClock: clock.read) { fixture in
            try await fixture.store.write(alice) { transaction in
                for number in 1...100 {
                    _ = try transaction.addTodo(
                        TodoDraft(
                            title: "task \(number)", dueAt: Timestamp(rfc3339: "2026-11-29T08:00:00Z"),
                            recurrence: "FREQ=WEEKLY"), origin: .user)
                }
            }
            try await body(fixture, clock)
        }
    }

    private func pending(_ fixture: StoreFixture) async throws -> Int {
        try await fixture.store.read(alice, orEmpty: 0) { try $0.todoIDs(.pending).count }
    }

    @Test("A bulk that takes too long fails as a whole, and a smaller one goes through")
    func bulk() async throws {
        try await run { fixture, clock in
            func complete(_ ids: ClosedRange<Int>) async throws {
                _ = try await fixture.store.write(alice) {
                    try $0.bulk(.complete, Array(ids), origin: .user, timeZone: .gmt)
                }
            }
            // Each completion makes two changes: half a minute in total, with a limit of five seconds.
            clock.run(.milliseconds(150))
            await #expect(throws: StoreError.tooMuchWork) { try await complete(1...100) }
            try await complete(1...10)
            clock.run(.zero)
            let changes = try await fixture.store.read(alice, orEmpty: []) { try $0.changes(limit: 500).items }
            #expect(changes.count == 120)
            let pending = try await self.pending(fixture)
            #expect(pending == 100)
        }
    }

    @Test("An undo that takes too long fails as a whole")
    func undo() async throws {
        try await run { fixture, clock in
            clock.run(.milliseconds(150))
            await #expect(throws: StoreError.tooMuchWork) {
                try await fixture.store.write(alice) { try $0.undo(.last, origin: .user).count }
            }
            clock.run(.zero)
            let pending = try await self.pending(fixture)
            #expect(pending == 100)
        }
    }

    @Test("A statement that does not end is interrupted, and the database serves on")
    func statement() async throws {
        try await run { fixture, clock in
            clock.run(.seconds(3))
            await #expect(throws: StoreError.tooMuchWork) {
                try await fixture.store.read(alice, orEmpty: 0) {
                    try Int.fetchOne($0.database, sql: Self.endless) ?? 0
                }
            }
            await #expect(throws: StoreError.tooMuchWork) {
                try await fixture.store.write(alice) { transaction in
                    try transaction.database.execute(sql: "UPDATE todo SET version = (\(Self.endless))")
                }
            }
            clock.run(.zero)
            let pending = try await self.pending(fixture)
            #expect(pending == 100)
            let id = try await fixture.store.write(alice) { try $0.addTodo(.titled("b"), origin: .user).id }
            #expect(id == 101)
            #expect(fixture.store.statistics.faulty == 0)
        }
    }

    @Test("Each change has a time of its own, and one that is over takes no other with it")
    func apart() async throws {
        try await run { fixture, clock in
            let store = fixture.store
            let everyoneWaits = DispatchSemaphore(value: 0)
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addImmediateTask { [alice] in
                    try await store.read(alice, orEmpty: ()) { _ in everyoneWaits.wait() }
                    return true
                }
                for number in 0..<6 {
                    group.addImmediateTask { [alice] in
                        do {
                            _ = try await store.write(alice) { transaction in
                                clock.advance(.seconds(number == 3 ? 6 : 4))
                                return try transaction.addTodo(.titled("\(number)"), origin: .user)
                            }
                            return true
                        } catch StoreError.tooMuchWork {
                            return false
                        }
                    }
                }
                everyoneWaits.signal()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count(where: { !$0 }) == 1)
            let pending = try await self.pending(fixture)
            #expect(pending == 105)
        }
    }

    @Test("What an operator asks for takes as long as it takes")
    func operators() async throws {
        try await run { fixture, clock in
            clock.run(.seconds(60))
            let problems = try await fixture.store.problems(of: alice)
            #expect(problems == [])
            let problemsOfIndex = try await fixture.store.problems(of: alice.tenant)
            #expect(problemsOfIndex == [])
            let users = try await fixture.store.users(of: alice.tenant, limit: 10).count
            #expect(users == 1)
            fixture.clock.advance(seconds: 400 * 86_400)
            let hasForgotten = try await fixture.store.forgetOld(of: alice, limits: StoreLimits())
            #expect(hasForgotten)
            let isDeleted = try await fixture.store.delete(alice)
            #expect(isDeleted)
        }
    }
}
