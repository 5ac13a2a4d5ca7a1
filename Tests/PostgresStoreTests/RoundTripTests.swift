import Foundation
import Identity
import JSON
import Postgres
import Synchronization
import Testing
import Time

@testable import PostgresStore
@testable import TodoStore

/// The waits for the server of each kind of request: at 0.5 ms for each, they are most of its time.
@Suite struct RoundTripTests {
    private let alice = PostgresFixture.alice

    /// The round trips of a write, in the second of two runs on the same connection.
    private func trips(
        _ fixture: PostgresFixture, _ body: @escaping @Sendable (UserTransaction, Int) throws -> Void
    ) async throws -> Int {
        var count = 0
        for run in 1...2 {
            let start = try await roundTrips(fixture)
            try await fixture.store.write(alice) { try body($0, run) }
            count = try await roundTrips(fixture) - start
        }
        return count
    }

    private func roundTrips(_ fixture: PostgresFixture) async throws -> Int {
        try await fixture.store.run(alice, isWriting: false) { try $0.slot.connection().0.roundTrips }
    }

    private func fill(_ fixture: PostgresFixture) async throws {
        _ = try await fixture.store.write(alice) { transaction in
            for number in 1...3 { _ = try transaction.addTodo(TodoDraft(title: "task \(number)"), origin: .user) }
            let conversation = try transaction.createConversation(title: "c").id
            for _ in 1...2 {
                let turn = try transaction.beginTurn(conversation: conversation, userMessage: "hello")
                try transaction.finishTurn(turn.claim, Turn.End(status: .done, answer: "hi", isComplete: true))
            }
        }
    }

    @Test("A list takes one round trip, and so do statistics, a page of the journal and a task")
    func reads() async throws {
        try await PostgresFixture.run(connections: 1) { fixture in
            try await fill(fixture)
            let reads: [@Sendable (UserReader) throws -> Void] = [
                { reader in
                    var writer = JSONWriter()
                    try reader.writeTodos(TodoQuery(), to: &writer)
                },
                { _ = try $0.statistics(timeZone: .gmt) }, { _ = try $0.changes(limit: 50) }, { _ = try $0.todo(1) },
                { _ = try $0.conversations(search: "hello", limit: 20) },
            ]
            for (number, read) in reads.enumerated() {
                let start = try await roundTrips(fixture)
                try await fixture.store.read(alice, orEmpty: ()) { try read($0) }
                #expect(try await roundTrips(fixture) - start == 1, "read \(number)")
            }
        }
    }

    @Test("A create with a key takes two round trips, without one too")
    func create() async throws {
        try await PostgresFixture.run(connections: 1) { fixture in
            let keyed = try await trips(fixture) { transaction, run in
                guard try transaction.idempotency("k\(run)") == nil else { return }
                try transaction.claimIdempotency("k\(run)", requestHash: [1])
                let task = try transaction.addTodo(TodoDraft(title: "a"), origin: .user)
                try transaction.finishIdempotency("k\(run)", status: 201, body: task.json.text)
            }
            #expect(keyed <= 3)
            #expect(keyed == 2)
            let plain = try await trips(fixture) { transaction, _ in
                _ = try transaction.addTodo(TodoDraft(title: "a"), origin: .user)
            }
            #expect(plain == 2)
        }
    }

    @Test("A tool with its step and its result takes at most four round trips")
    func tool() async throws {
        try await PostgresFixture.run(connections: 1) { fixture in
            let turn = try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c").id
                return try transaction.beginTurn(conversation: conversation, userMessage: "hello")
            }
            let origin = Change.Origin(
                actor: .assistant, turnID: turn.id, conversationID: turn.conversationID)
            let count = try await trips(fixture) { transaction, run in
                try transaction.appendStep(
                    turn.claim, .model(content: "", calls: [], provider: "p", opaque: nil))
                let task = try transaction.addTodo(TodoDraft(title: "a"), origin: origin)
                _ = try transaction.updateTodo(task.id, TodoPatch(priority: .high), origin: origin)
                _ = try transaction.changeMarks(turn: turn.id)
                try transaction.appendStep(
                    turn.claim, .tool(callIndex: run, callID: "c", tool: "add_task", result: nil))
            }
            #expect(count <= 4)
        }
    }

    @Test("The beginning of a turn takes at most six round trips, and its end two")
    func turn() async throws {
        try await PostgresFixture.run(connections: 1) { fixture in
            try await fill(fixture)
            for conversation in [1, nil] {
                let turn = Mutex<Turn?>(nil)
                let count = try await trips(fixture) { transaction, run in
                    let key = "begin \(conversation ?? 0) \(run)"
                    guard try transaction.idempotency(key) == nil else { return }
                    let id =
                        try conversation.flatMap { try transaction.conversation($0)?.id }
                        ?? transaction.createConversation(title: "new").id
                    let begun = try transaction.beginTurn(conversation: id, userMessage: "yes", idempotencyKey: key)
                    try transaction.claimIdempotency(key, requestHash: [1], turn: begun.id)
                    _ = try transaction.history(conversation: id, turns: 10, bytes: 1000, excluding: begun.id)
                    _ = try transaction.steps(turn: begun.id)
                    _ = try transaction.toolCalls(turn: begun.id)
                    _ = try transaction.changesToConfirm(before: begun)
                    turn.withLock { $0 = begun }
                }
                #expect(count <= 6)
                let last = turn.withLock(\.self)
                let begun = try #require(last)
                let start = try await roundTrips(fixture)
                try await fixture.store.write(alice) { transaction in
                    try transaction.finishTurn(begun.claim, Turn.End(status: .done, answer: "hi", isComplete: true))
                    try transaction.finishIdempotency(begun.idempotencyKey ?? "", body: "{}")
                }
                #expect(try await roundTrips(fixture) - start == 2)
            }
        }
    }
}
