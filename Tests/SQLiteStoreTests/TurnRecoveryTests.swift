import Foundation
import GRDB
import Identity
import JSON
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct TurnRecoveryTests {
    private let alice = StoreFixture.alice

    private func begin(_ fixture: StoreFixture) async throws {
        try await fixture.store.write(alice) { transaction in
            let conversation = try transaction.createConversation(title: "c")
            let turn = try transaction.beginTurn(
                conversation: conversation.id, userMessage: "Hello", idempotencyKey: "k")
            try transaction.claimIdempotency("k", requestHash: [1], turn: turn.id)
        }
        await fixture.store.close()
    }

    private func states(_ fixture: StoreFixture) async throws -> [String] {
        try await fixture.store.read(alice, orEmpty: []) { reader in
            let turn = try reader.turn(1)
            return [
                turn?.status.rawValue ?? "", turn?.errorCode ?? "", try reader.idempotency("k")?.state.rawValue ?? "",
            ]
        }
    }

    private func resume(_ fixture: StoreFixture) async throws {
        try await fixture.store.write(alice) { transaction in
            try transaction.resumeIdempotency("k")
            _ = try transaction.resumeTurn(1)
        }
    }

    @Test("A turn goes on running when its database was closed and opened again meanwhile")
    func evictionIsNoCrash() async throws {
        try await StoreFixture.run(capacity: 1) { fixture in
            try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "t").id
                _ = try transaction.beginTurn(conversation: conversation, userMessage: "x")
            }
            _ = try await fixture.store.write(StoreFixture.account("acme", "bob")) {
                try $0.createConversation(title: "t")
            }
            let status = try await fixture.store.read(alice, orEmpty: nil) { try $0.turn(1)?.status }
            #expect(status == .running)
            #expect(fixture.store.statistics.evictions > 1)
        }
    }

    @Test("Numbers that a file holds and no server has written are damage", arguments: [Int.max, Int.min, 0, -1])
    func extremes(number: Int) async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(alice) { try $0.addTodo(.titled("a"), origin: .user) }
            try await begin(fixture)
            let queue = try DatabaseQueue(path: fixture.path(.user(alice)))
            try await queue.write { database in
                for sql in [
                    "UPDATE todo SET version = ?", "UPDATE turn SET crashes = ?",
                    """
                    INSERT INTO idempotency (key, request_hash, state, process, status, created_at)
                    VALUES ('n', x'01', 'done', 1, ?, 9000000000000)
                    """,
                ] { try database.execute(sql: sql, arguments: [number]) }
            }
            try queue.close()
            try await fixture.reopened { fixture in
                let status = try await states(fixture)[0]
                #expect(["interrupted", "failed"].contains(status))
                await #expect(throws: StoreError.corrupt) {
                    try await fixture.store.write(alice) {
                        try $0.updateTodo(1, TodoPatch(priority: .high), origin: .user)
                    }
                }
                await #expect(throws: StoreError.corrupt) {
                    try await fixture.store.read(alice, orEmpty: nil) { try $0.idempotency("n") }
                }
            }
        }
    }
}
