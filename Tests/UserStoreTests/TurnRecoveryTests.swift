import Foundation
import Identity
import JSON
import StoreTesting
import Testing

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

    @Test(
        "A turn that the end of the process finds running twice is abandoned with its key",
        arguments: StoreBackend.allCases)
    func abandons(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await begin(fixture)
            try await fixture.reopened { fixture in
                #expect(try await states(fixture) == ["interrupted", "", "interrupted"])
                try await resume(fixture)
            }
            for _ in 1...2 {
                try await fixture.reopened { fixture in
                    #expect(try await states(fixture) == ["failed", "abandoned", "abandoned"])
                    await #expect(throws: StoreError.notFound(.turn)) { try await resume(fixture) }
                    let history = try await fixture.store.read(alice, orEmpty: []) {
                        try $0.history(conversation: 1, turns: 10)
                    }
                    #expect(history.isEmpty, "a message that ended the process is not given to a model again")
                }
            }
        }
    }

    @Test("A turn that is interrupted in good order may go on as often as it takes", arguments: StoreBackend.allCases)
    func interruptions(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await begin(fixture)
            for _ in 1...3 {
                try await fixture.reopened { fixture in
                    #expect(try await states(fixture)[0] == "interrupted")
                    try await resume(fixture)
                    try await fixture.store.write(alice) { transaction in
                        try transaction.finishTurn(
                            1, Turn.End(status: .interrupted, answer: nil, isComplete: false, errorCode: "draining"))
                        try transaction.interruptIdempotency("k")
                    }
                }
            }
        }
    }

    @Test(
        "An attempt that was replaced by another one adds nothing to its turn, and does not end it",
        arguments: StoreBackend.allCases)
    func replaced(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c")
                let first = try transaction.beginTurn(conversation: conversation.id, userMessage: "Hello").claim
                try transaction.finishTurn(first, Turn.End(status: .interrupted, answer: nil, isComplete: false))
                let second = try transaction.resumeTurn(first.turn).claim
                #expect(second == Turn.Claim(turn: first.turn, attempt: 2))
                let step = TurnStep.tool(callIndex: 0, callID: "c", tool: "t", result: 1)
                #expect(throws: StoreError.stepRefused) { try transaction.appendStep(first, step) }
                #expect(throws: StoreError.notFound(.turn)) {
                    try transaction.finishTurn(first, Turn.End(status: .done, answer: "late", isComplete: true))
                }
                try transaction.appendStep(second, step)
                try transaction.finishTurn(second, Turn.End(status: .done, answer: "done", isComplete: true))
                try #expect(transaction.answer(turn: first.turn)?.content == "done")
            }
        }
    }
}
