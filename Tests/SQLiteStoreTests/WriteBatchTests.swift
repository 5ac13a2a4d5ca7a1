import Dispatch
import GRDB
import JSON
import StoreTesting
import Synchronization
import Testing

@testable import SQLiteStore
@testable import TodoStore

/// Concurrent changes of one user share a transaction, without a visible difference.
@Suite struct WriteBatchTests {
    private typealias Change = @Sendable (UserTransaction) throws -> Int

    private let alice = StoreFixture.alice

    /// Makes all changes wait for one another, so that they are committed together, in order.
    private func together(
        _ fixture: StoreFixture, limits: StoreLimits = StoreLimits(), _ changes: [Change]
    ) async throws -> [Result<Int, any Error>] {
        let store = fixture.store
        let everyoneWaits = DispatchSemaphore(value: 0)
        return try await withThrowingTaskGroup(of: (Int, Result<Int, any Error>)?.self) { group in
            // Immediate: each runs until it waits for the database, whose thread this one holds.
            group.addImmediateTask { [alice] in
                try await store.read(alice, orEmpty: ()) { _ in everyoneWaits.wait() }
                return nil
            }
            for (index, change) in changes.enumerated() {
                group.addImmediateTask { [alice] in
                    do {
                        return (index, .success(try await store.write(alice, limits: limits, change)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            everyoneWaits.signal()
            var results: [Int: Result<Int, any Error>] = [:]
            for try await case let (index, result)? in group { results[index] = result }
            return try (0..<changes.count).map { try #require(results[$0]) }
        }
    }

    private func add(_ title: String) -> Change {
        { try $0.addTodo(.titled(title), origin: .user).id }
    }

    private func run(_ body: (StoreFixture) async throws -> Void) async throws {
        try await StoreFixture.run { fixture in
            // The file exists and is open, so every change from here on is one job of its actor.
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("first"), origin: .user) }
            try await body(fixture)
        }
    }

    private func titles(_ fixture: StoreFixture) async throws -> [String] {
        try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery(limit: 100)).items.map(\.title) }
    }

    @Test("Changes that wait for each other share one commit, and those beyond the bound the next one")
    func sharesCommits() async throws {
        try await run { fixture in
            let commits = CommitCounter()
            try await fixture.store.read(alice, orEmpty: ()) {
                $0.database.add(transactionObserver: commits, extent: .databaseLifetime)
            }
            let results = try await together(fixture, (0..<70).map { add("task \($0)") })
            #expect(try results.map { try $0.get() } == Array(2...71))
            #expect(commits.count == 2)
        }
    }

    @Test("A change that fails takes no other with it, and its own part is gone")
    func failsAlone() async throws {
        try await run { fixture in
            let results = try await together(
                fixture,
                [
                    add("before"),
                    { transaction in
                        _ = try transaction.addTodo(.titled("half"), origin: .user)
                        return try transaction.deleteTodo(99, origin: .user).id
                    },
                    add("after"),
                ])
            #expect(try results[0].get() == 2)
            #expect(throws: StoreError.notFound(.task)) { try results[1].get() }
            #expect(try results[2].get() == 3)
            #expect(try await titles(fixture) == ["first", "before", "after"])
            let journal = try await fixture.store.read(alice, orEmpty: []) {
                try $0.changes(limit: 10).items.map(\.taskID)
            }
            #expect(journal == [3, 2, 1])
        }
    }

    @Test("Of two changes of one version of a task the second is refused")
    func ifMatch() async throws {
        try await run { fixture in
            let change: @Sendable (Priority) -> Change = { priority in
                {
                    try $0.updateTodo(1, TodoPatch(priority: priority), origin: .user, ifVersion: [1]).version
                }
            }
            let results = try await together(fixture, [change(.high), change(.low)])
            #expect(try results[0].get() == 2)
            #expect(throws: StoreError.versionMismatch(current: 2)) { try results[1].get() }
            let priority = try await fixture.store.read(alice, orEmpty: nil) { try $0.todo(1)?.priority }
            #expect(priority == .high)
        }
    }

    @Test("An undo takes back the change before it, whole and nothing else")
    func undo() async throws {
        try await run { fixture in
            let results = try await together(
                fixture,
                [
                    add("single"),
                    { transaction in
                        _ = try transaction.addTodo(.titled("a"), origin: .user)
                        return try transaction.addTodo(.titled("b"), origin: .user).id
                    },
                    { try $0.undo(.last, origin: .user).count },
                ])
            #expect(try results.map { try $0.get() } == [2, 4, 2])
            #expect(try await titles(fixture) == ["first", "single"])
        }
    }

    @Test("An idempotency key that is used twice counts once")
    func idempotency() async throws {
        try await run { fixture in
            let claim: Change = { transaction in
                try transaction.claimIdempotency("key", requestHash: [1])
                let id = try transaction.addTodo(.titled("once"), origin: .user).id
                try transaction.finishIdempotency("key", status: 201, body: "{}")
                return id
            }
            let results = try await together(fixture, [claim, claim, add("other")])
            #expect(try results[0].get() == 2)
            #expect(throws: StoreError.keyTaken) { try results[1].get() }
            #expect(try results[2].get() == 3)
            #expect(try await titles(fixture) == ["first", "once", "other"])
        }
    }

    @Test("A quota holds to the last task, and for what comes after a refusal")
    func taskQuota() async throws {
        try await run { fixture in
            let limits = StoreLimits(tasks: 3)
            let remove: Change = { try $0.deleteTodo(1, origin: .user).id }
            let changes = [add("a"), add("b"), add("c"), remove, add("d"), add("e")]
            let results = try await together(fixture, limits: limits, changes)
            #expect(results.map { (try? $0.get()) != nil } == [true, true, false, true, true, false])
            #expect(throws: StoreError.quotaExceeded(.tasks)) { try results[2].get() }
            #expect(throws: StoreError.quotaExceeded(.tasks)) { try results[5].get() }
            #expect(try await titles(fixture) == ["a", "b", "d"])
        }
    }

    @Test("A change that the file has no room for does not cost the others theirs")
    func fileIsFull() async throws {
        try await run { fixture in
            // Larger than the file's limit: SQLite rolls back the whole transaction.
            let tooMuch: Change = {
                try $0.database.execute(sql: "INSERT INTO conversation VALUES (1, zeroblob(20 << 20) || '', 0, 0)")
                return 0
            }
            let results = try await together(
                fixture, limits: StoreLimits(bytes: 1 << 20), [add("before"), tooMuch, add("after")])
            #expect(try results[0].get() == 2)
            #expect(throws: StoreError.quotaExceeded(.bytes)) { try results[1].get() }
            #expect(try results[2].get() == 3)
            #expect(try await titles(fixture) == ["first", "before", "after"])
        }
    }

    @Test("If the commit fails, all that were to share it have failed, and nothing of them is there")
    func commitFails() async throws {
        try await run { fixture in
            // A violation that shows only at the end of the transaction.
            let broken: Change = {
                try $0.database.execute(
                    sql: """
                        PRAGMA defer_foreign_keys = ON;
                        INSERT INTO turn (conversation_id, status, process, started_at) VALUES (99, 'done', 1, 0);
                        """)
                return 0
            }
            for result in try await together(fixture, [add("before"), broken, add("after")]) {
                #expect(throws: StoreError.self) { try result.get() }
            }
            #expect(try await titles(fixture) == ["first"])
            // Rolled back changes are not counted.
            let limits = StoreLimits(tasks: 2)
            let next = try await fixture.store.write(alice, limits: limits, add("next"))
            #expect(next == 2)
        }
    }
}

/// A counter of SQLite's commits.
private final class CommitCounter: TransactionObserver, Sendable {
    private let commits = Mutex(0)

    var count: Int { commits.withLock { $0 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
}
