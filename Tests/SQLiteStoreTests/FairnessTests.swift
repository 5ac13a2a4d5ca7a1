import Dispatch
import Identity
import StoreTesting
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Slow work of one user, which the test ends, beside that of others.
@Suite(.timeLimit(.minutes(5))) struct FairnessTests {
    private let alice = StoreFixture.alice
    private let bob = StoreFixture.account("acme", "bob")
    private let carol = StoreFixture.account("acme", "carol")
    private let eve = StoreFixture.account("globex", "eve")

    /// Work that blocks its thread, like a slow disk.
    private final class SlowWork: Sendable {
        private let gate = DispatchSemaphore(value: 0)
        private let begun = Mutex(0)

        /// The number of starts.
        var count: Int { begun.withLock { $0 } }

        func run() {
            begun.withLock { $0 += 1 }
            gate.wait()
        }

        func end(times: Int = 1) { for _ in 0..<times { gate.signal() } }
    }

    private func run(capacity: Int = 100, maxWaiting: Int = 100, _ body: (UserDatabases) async throws -> Void)
        async throws
    {
        try await StoreFixture.run(capacity: capacity, maxWaiting: maxWaiting) { fixture in
            for account in [alice, bob, carol, eve] {
                _ = try await fixture.store.write(account) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            try await body(fixture.store)
        }
    }

    @Test("Many slow requests of one user take one thread, and everybody else is served beside them")
    func slowUser() async throws {
        try await run { store in
            let slow = SlowWork()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // A test that fails must not wait for work that nobody ends any more.
                defer { slow.end(times: 100) }
                for _ in 0..<20 {
                    group.addTask { try await store.read(StoreFixture.alice, orEmpty: ()) { _ in slow.run() } }
                }
                try await eventually("the first of them has begun") { slow.count == 1 }
                for account in [bob, carol] {
                    for _ in 0..<10 {
                        _ = try await store.write(account) { try $0.addTodo(.titled("b"), origin: .user) }
                    }
                    let count = try await store.read(account, orEmpty: 0) { try $0.counts().tasks }
                    #expect(count == 11)
                }
                // None of the others has started, nor taken the second thread.
                #expect(slow.count == 1)
                slow.end(times: 20)
                try await group.waitForAll()
            }
            #expect(slow.count == 20)
        }
    }

    @Test(
        "Slow requests of many users of one tenant take half of the threads, and another tenant is served beside them")
    func slowTenant() async throws {
        // Of four threads a tenant may use two.
        try await run { store in
            let slow = SlowWork()
            let users = (0..<6).map { StoreFixture.account("acme", "user\($0)") }
            for user in users {
                _ = try await store.write(user) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for user in users {
                    group.addTask { try await store.read(user, orEmpty: ()) { _ in slow.run() } }
                }
                try await eventually("the others wait") { slow.count == 2 && store.threads.waitingCount == 4 }
                for _ in 0..<10 {
                    _ = try await store.write(eve) { try $0.addTodo(.titled("b"), origin: .user) }
                }
                #expect(try await store.read(eve, orEmpty: 0) { try $0.counts().tasks } == 11)
                #expect(slow.count == 2)
                // Each end passes the thread to the next work of the tenant.
                slow.end()
                try await eventually("the third has begun") { slow.count == 3 && store.threads.waitingCount == 3 }
                slow.end(times: 5)
                try await group.waitForAll()
            }
            #expect(slow.count == 6)
            #expect(store.threads.waitingCount == 0)
        }
    }

    @Test("Who stops waiting for room gives the place in the queue to another")
    func leaving() async throws {
        try await run(capacity: 1, maxWaiting: 1) { store in
            let slow = SlowWork()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // A test that fails must not wait for work that nobody ends any more.
                defer { slow.end(times: 100) }
                group.addTask { try await store.read(StoreFixture.alice, orEmpty: ()) { _ in slow.run() } }
                try await eventually("the slow work has begun") { slow.count == 1 }
                let (bob, carol) = (bob, carol)
                await withTaskGroup(of: Void.self) { waiting in
                    waiting.addTask {
                        await #expect(throws: CancellationError.self) {
                            try await store.read(bob, orEmpty: ()) { _ in Issue.record("a cancelled request ran") }
                        }
                    }
                    try? await eventually("bob waits") { store.statistics.waiting == 1 }
                    await #expect(throws: StoreError.overloaded) {
                        try await store.read(carol, orEmpty: 0) { try $0.counts().tasks }
                    }
                    waiting.cancelAll()
                }
                #expect(store.statistics.waiting == 0)
                group.addTask {
                    let count = try await store.read(carol, orEmpty: 0) { try $0.counts().tasks }
                    #expect(count == 1)
                }
                try await eventually("carol waits in his place") { store.statistics.waiting == 1 }
                slow.end()
                try await group.waitForAll()
            }
        }
    }
}
