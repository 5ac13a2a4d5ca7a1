import Foundation
import JSON
import StoreTesting
import Testing
import Time

@testable import TodoStore

@Suite struct UndoTests {
    private let alice = StoreFixture.alice
    private let assistant = Change.Origin(actor: .assistant, turnID: 7, conversationID: 2)

    private func patch(_ members: JSONObject) throws -> TodoPatch {
        var fields = FieldReader(members)
        let patch = TodoPatch(fields: &fields)
        try fields.finish()
        return patch
    }

    private func undo(
        _ fixture: StoreFixture, _ target: UndoTarget = .last, limits: StoreLimits = StoreLimits()
    ) async throws -> [Change] {
        try await fixture.store.write(alice, limits: limits) { try $0.undo(target, origin: .user) }
    }

    private func todos(_ fixture: StoreFixture) async throws -> [Todo] {
        try await fixture.store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items }
    }

    private func add(_ titles: String..., to fixture: StoreFixture) async throws {
        for title in titles {
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled(title), origin: .user) }
        }
    }

    @Test(
        "A deleted task comes back with its id, its members and a version that nobody has seen",
        arguments: StoreBackend.allCases)
    func restoresDeleted(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let draft = try TodoDraft(
                title: "Pay", description: "d", priority: .high, tags: ["x"],
                dueAt: Timestamp(rfc3339: "2026-12-24T17:00:00.5Z"), recurrence: "FREQ=DAILY")
            let before = try await fixture.store.write(alice) { try $0.addTodo(draft, origin: .user) }
            _ = try await fixture.store.write(alice) { try $0.deleteTodo(1, origin: assistant) }
            fixture.clock.advance(seconds: 5)
            let undone = try await undo(fixture)
            #expect(undone.map(\.id) == [2])
            #expect(undone.first?.undoneBy == 3)
            let restored = try #require(try await todos(fixture).first)
            #expect(restored.id == 1 && restored.version == 2 && restored.createdAt == before.createdAt)
            #expect(restored.dueAt == before.dueAt && restored.tags == ["x"] && restored.recurrence == "FREQ=DAILY")
            #expect(restored.description == "d" && restored.priority == .high)
            try await add("Next", to: fixture)
            #expect(try await todos(fixture).map(\.id) == [1, 2])
        }
    }

    @Test(
        "Repeated without a target, undo goes further back; an undo is taken back by its id, and again by the next undo",
        arguments: StoreBackend.allCases)
    func goesBack(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await add("a", "b", "c", to: fixture)
            let first = try await undo(fixture)
            _ = try await undo(fixture)
            #expect(try await todos(fixture).map(\.title) == ["a"])
            let undoOfC = try #require(first.first?.undoneBy)
            _ = try await undo(fixture, .change(undoOfC))
            #expect(try await todos(fixture).map(\.title) == ["a", "c"])
            _ = try await undo(fixture)
            #expect(try await todos(fixture).map(\.title) == ["a"])
            // Undone by 4, done again by 6, undone by 7.
            await #expect(throws: StoreError.alreadyUndone(by: 7)) { try await undo(fixture, .change(3)) }
        }
    }

    @Test("A change that was done again is taken back by its own id, too", arguments: StoreBackend.allCases)
    func undoesRedone(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await add("a", to: fixture)
            let undoing = try #require(try await undo(fixture, .change(1)).first?.undoneBy)
            _ = try await undo(fixture, .change(undoing))
            #expect(try await todos(fixture).count == 1)
            _ = try await undo(fixture, .change(1))
            #expect(try await todos(fixture).isEmpty)
        }
    }

    @Test(
        "What was changed since is refused with what differs, and nothing is taken back",
        arguments: StoreBackend.allCases)
    func conflicts(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await add("a", "b", "c", to: fixture)
            _ = try await fixture.store.write(alice) {
                try $0.bulk(.complete, [1, 2, 3], origin: .user, timeZone: .gmt)
            }
            let rename = try patch(["title": "B"])
            _ = try await fixture.store.write(alice) { transaction in
                _ = try transaction.updateTodo(2, rename, origin: .user)
                return try transaction.deleteTodo(3, origin: .user)
            }
            let expected: [Change.Difference] = [
                Change.Difference(taskID: 3, field: "task", expected: "c", current: .null),
                Change.Difference(taskID: 2, field: "title", expected: "b", current: "B"),
            ]
            await #expect(throws: StoreError.changedSince(expected)) { try await undo(fixture, .change(5)) }
            #expect(try await todos(fixture).map(\.completed) == [true, true])
        }
    }

    @Test("What was changed together is taken back together", arguments: StoreBackend.allCases)
    func groups(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await add("a", "b", "c", to: fixture)
            _ = try await fixture.store.write(alice) { try $0.bulk(.delete, [1, 3], origin: .user, timeZone: .gmt) }
            #expect(try await undo(fixture, .change(5)).map(\.taskID) == [3, 1])
            #expect(try await todos(fixture).map(\.title) == ["a", "b", "c"])
        }
    }

    @Test(
        "A turn is taken back as a whole, what it took back itself aside, and done again as a whole",
        arguments: StoreBackend.allCases)
    func turns(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await add("a", to: fixture)
            let rename = try patch(["title": "A"])
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("b"), origin: assistant) }
            _ = try await fixture.store.write(alice) { try $0.undo(.last, origin: assistant) }
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("c"), origin: assistant) }
            _ = try await fixture.store.write(alice) { try $0.updateTodo(1, rename, origin: assistant) }
            _ = try await fixture.store.write(alice) { try $0.deleteTodo(1, origin: assistant) }
            let undone = try await undo(fixture, .lastTurn(excluding: nil))
            #expect(undone.map(\.kind) == [.deleted, .updated, .created])
            #expect(try await todos(fixture).map(\.title) == ["a"])
            await #expect(throws: StoreError.self) { try await undo(fixture, .turn(7)) }
            let undoing = try #require(undone.first?.undoneBy)
            _ = try await undo(fixture, .change(undoing))
            #expect(try await todos(fixture).map(\.title) == ["c"])
            _ = try await undo(fixture, .turn(7))
            #expect(try await todos(fixture).map(\.title) == ["a"])
        }
    }

    @Test(
        "Nothing to undo is said so", arguments: [UndoTarget.last, .change(9), .turn(9), .lastTurn(excluding: 1)],
        StoreBackend.allCases)
    func nothing(target: UndoTarget, backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            _ = await #expect(throws: StoreError.notFound(.change)) { try await undo(fixture, target) }
        }
    }

    @Test("A task that was made is deleted again, and its quota is free", arguments: StoreBackend.allCases)
    func undoesCreation(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let limits = StoreLimits(tasks: 1)
            _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("a"), origin: .user) }
            _ = try await undo(fixture, limits: limits)
            _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("b"), origin: .user) }
            await #expect(throws: StoreError.quotaExceeded(.tasks)) {
                try await undo(fixture, .change(2), limits: limits)
            }
        }
    }

    @Test("The journal keeps so many entries, for so long", arguments: StoreBackend.allCases)
    func retention(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let limits = StoreLimits(changes: 3, retentionSeconds: 100)
            func ids() async throws -> [Int] {
                try await fixture.store.read(alice, orEmpty: []) { try $0.changes(limit: 100).items.map(\.id) }
            }
            func add() async throws {
                _ = try await fixture.store.write(alice, limits: limits) { try $0.addTodo(.titled("a"), origin: .user) }
            }
            for _ in 1...5 { try await add() }
            #expect(try await ids() == [5, 4, 3])
            fixture.clock.advance(seconds: 60)
            try await add()
            fixture.clock.advance(seconds: 60)
            try await add()
            #expect(try await ids() == [7, 6])
            await #expect(throws: StoreError.notFound(.change)) { try await undo(fixture, .change(5)) }
        }
    }
}
