import Foundation
import JSON
import NIOCore
import StoreTesting
import Testing

@testable import TodoStore

@Suite struct ConversationTests {
    let alice = StoreFixture.alice

    func call(_ id: String, _ name: String = "add_task") -> TurnStep.Call {
        TurnStep.Call(id: id, name: name, arguments: ["title": .string(id)], opaque: ["signature": "s"])
    }

    @Test(
        "A turn with tools is stored step by step and comes back as messages and as history",
        arguments: StoreBackend.allCases)
    func wholeTurn(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let steps: [TurnStep] = [
                .model(content: "", calls: [call("c1"), call("c2", "list_tasks")], provider: "p", opaque: ["r": [1]]),
                .tool(callIndex: 0, callID: "c1", tool: "add_task", result: ["task_id": 1]),
                .tool(callIndex: 1, callID: "c2", tool: "list_tasks", result: []),
                .model(content: "more", calls: [call("c1")], provider: "p", opaque: nil),
                .tool(callIndex: 2, callID: "c1", tool: "add_task", result: nil),
            ]
            let usage = Turn.Usage(inputTokens: 10, outputTokens: 5, cachedInputTokens: 3, cost: 0.25)
            let turn = try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "first")
                return try transaction.beginTurn(conversation: conversation.id, userMessage: "hello")
            }
            for step in steps {
                try await fixture.store.write(alice) { try $0.appendStep(turn: turn.id, step) }
            }
            try await fixture.store.write(alice) { transaction in
                try transaction.finishTurn(
                    turn.id,
                    Turn.End(status: .done, answer: "done", isComplete: true, provider: "p", model: "m", usage: usage))
            }
            let (messages, history) = try await fixture.store.read(alice, orEmpty: ([], [])) { reader in
                (
                    try reader.messages(conversation: 1, limit: 10).items,
                    try reader.history(conversation: 1, turns: 5)
                )
            }
            #expect(messages.map(\.role) == [.user, .assistant])
            #expect(messages.map(\.content) == ["hello", "done"])
            let answer = messages.last
            #expect(answer?.usage == usage)
            #expect(answer?.toolCalls.map(\.tool) == ["add_task", "list_tasks", "add_task"])
            #expect(answer?.toolCalls.map(\.arguments) == [["title": "c1"], ["title": "c2"], ["title": "c1"]])
            #expect(history.count == 1)
            #expect(history.first?.steps == steps)
            #expect(history.first?.turn.status == .done)
            #expect(history.first?.userMessage == "hello")
            #expect(history.first?.answer == "done")
        }
    }

    @Test(
        "A call has one answer: a second one is refused with all that its transaction did",
        arguments: StoreBackend.allCases)
    func oneAnswer(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let step = TurnStep.tool(callIndex: 0, callID: "c", tool: "add_task", result: 1)
            let add: @Sendable (UserTransaction) throws -> Void = { transaction in
                _ = try transaction.addTodo(.titled("a"), origin: .user)
                try transaction.appendStep(turn: 1, step)
            }
            try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "t")
                _ = try transaction.beginTurn(conversation: conversation.id, userMessage: "x")
                try add(transaction)
            }
            await #expect(throws: StoreError.stepRefused) { try await fixture.store.write(alice, add) }
            let (stored, count) = try await fixture.store.read(alice, orEmpty: (nil, 0)) {
                (try $0.toolStep(turn: 1, callIndex: 0), try $0.counts().tasks)
            }
            #expect(stored == step)
            #expect(count == 1)
            try await fixture.store.write(alice) { transaction in
                try transaction.finishTurn(1, Turn.End(status: .failed, answer: nil, isComplete: false))
            }
            let late = TurnStep.tool(callIndex: 1, callID: "d", tool: "add_task", result: 1)
            await #expect(throws: StoreError.stepRefused) {
                try await fixture.store.write(alice) { try $0.appendStep(turn: 1, late) }
            }
        }
    }

    @Test("History is the last whole turns, oldest first, without those that run", arguments: StoreBackend.allCases)
    func history(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "t").id
                for number in 1...5 {
                    let turn = try transaction.beginTurn(conversation: conversation, userMessage: "q\(number)")
                    try transaction.finishTurn(
                        turn.id, Turn.End(status: .done, answer: "a\(number)", isComplete: number != 4))
                }
                _ = try transaction.beginTurn(conversation: conversation, userMessage: "running")
            }
            let (last, others) = try await fixture.store.read(alice, orEmpty: ([], [])) { reader in
                (
                    try reader.history(conversation: 1, turns: 3),
                    try reader.history(conversation: 1, turns: 2, excluding: 5)
                )
            }
            #expect(last.map(\.userMessage) == ["q3", "q4", "q5"])
            #expect(last.map(\.answerComplete) == [true, false, true])
            #expect(others.map(\.userMessage) == ["q3", "q4"])
        }
    }

    @Test("Conversations are listed newest updated first, page by page", arguments: StoreBackend.allCases)
    func conversationList(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            for number in 1...5 {
                _ = try await fixture.store.write(alice) { try $0.createConversation(title: "c\(number)") }
                if number.isMultiple(of: 2) { fixture.clock.advance(seconds: 1) }
            }
            fixture.clock.advance(seconds: 1)
            _ = try await fixture.store.write(alice) { try $0.beginTurn(conversation: 1, userMessage: "again") }
            var seen: [Int] = []
            var cursor: PageCursor?
            repeat {
                let from = cursor
                let page = try await fixture.store.read(alice, orEmpty: nil) {
                    try $0.conversations(limit: 2, cursor: from)
                }
                seen += page?.items.map(\.id) ?? []
                cursor = page?.nextCursor.flatMap { PageCursor($0) }
            } while cursor != nil
            #expect(seen == [1, 5, 4, 3, 2])
        }
    }

    @Test(
        "A deleted conversation takes its messages, turns and steps along, and leaves the journal",
        arguments: StoreBackend.allCases)
    func deletion(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await fixture.store.write(alice, limits: StoreLimits(conversations: 1)) { transaction in
                let conversation = try transaction.createConversation(title: "t").id
                let turn = try transaction.beginTurn(conversation: conversation, userMessage: "x").id
                _ = try transaction.addTodo(
                    .titled("a"),
                    origin: Change.Origin(actor: .assistant, turnID: turn, conversationID: conversation))
                try transaction.appendStep(turn: turn, .tool(callIndex: 0, callID: "c", tool: "t", result: 1))
            }
            await #expect(throws: StoreError.quotaExceeded(.conversations)) {
                try await fixture.store.write(alice, limits: StoreLimits(conversations: 1)) {
                    try $0.createConversation(title: "t")
                }
            }
            try await fixture.store.write(alice) { try $0.deleteConversation(1) }
            try await fixture.store.read(alice, orEmpty: ()) { reader in
                try #expect(reader.conversation(1) == nil)
                try #expect(reader.turn(1) == nil)
                try #expect(reader.steps(turn: 1).isEmpty)
                try #expect(reader.messages(conversation: 1, limit: 10).items.isEmpty)
                try #expect(reader.changes(limit: 10).items.map(\.conversationID) == [1])
            }
            await #expect(throws: StoreError.notFound(.conversation)) {
                try await fixture.store.write(alice) { try $0.deleteConversation(1) }
            }
            await #expect(throws: StoreError.notFound(.conversation)) {
                try await fixture.store.write(alice) { try $0.renameConversation(1, title: "x") }
            }
            await #expect(throws: StoreError.notFound(.conversation)) {
                try await fixture.store.write(alice) { try $0.beginTurn(conversation: 1, userMessage: "x") }
            }
        }
    }

    @Test(
        "What an earlier process left running is interrupted at the next start, and can be resumed",
        arguments: StoreBackend.allCases)
    func recovery(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "t").id
                let turn = try transaction.beginTurn(
                    conversation: conversation, userMessage: "x", idempotencyKey: "k"
                ).id
                try transaction.claimIdempotency("k", requestHash: [1, 2], turn: turn)
                try transaction.appendStep(
                    turn: turn, .model(content: "so far", calls: [call("c")], provider: "p", opaque: nil))
                try transaction.appendStep(turn: turn, .tool(callIndex: 0, callID: "c", tool: "t", result: 1))
            }
            await fixture.store.close()
            try await fixture.reopened { reopened in
                try await reopened.store.read(alice, orEmpty: ()) { reader in
                    try #expect(reader.turn(1)?.status == .interrupted)
                    try #expect(reader.answer(turn: 1)?.status == .incomplete)
                    try #expect(reader.answer(turn: 1)?.content == "so far")
                    try #expect(reader.idempotency("k")?.state == .interrupted)
                    try #expect(reader.history(conversation: 1, turns: 1).first?.answerComplete == false)
                }
                try await reopened.store.write(alice) { transaction in
                    try #expect(transaction.resumeTurn(1).status == .running)
                    try transaction.resumeIdempotency("k")
                    try #expect(transaction.toolStep(turn: 1, callIndex: 0) != nil)
                    try #expect(transaction.answer(turn: 1) == nil)
                    try transaction.finishTurn(1, Turn.End(status: .done, answer: "whole", isComplete: true))
                }
                await #expect(throws: StoreError.notFound(.turn)) {
                    try await reopened.store.write(alice) { try $0.resumeTurn(1) }
                }
            }
        }
    }

    @Test(
        "An idempotency key is taken once, replays its answer, and is forgotten after a day",
        arguments: StoreBackend.allCases)
    func idempotency(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            try await fixture.store.write(alice) { try $0.claimIdempotency("k", requestHash: [1, 2, 3]) }
            await #expect(throws: StoreError.keyTaken) {
                try await fixture.store.write(alice) { try $0.claimIdempotency("k", requestHash: [1, 2, 3]) }
            }
            try await fixture.store.write(alice) { transaction in
                try #expect(transaction.idempotency("k")?.state == .running)
                try transaction.finishIdempotency("k", status: 201, body: "{}")
                try transaction.claimIdempotency("other", requestHash: [4])
                try transaction.releaseIdempotency("other")
            }
            fixture.clock.advance(seconds: 24 * 3600 - 1)
            try await fixture.store.read(alice, orEmpty: ()) { reader in
                let record = try #require(try reader.idempotency("k"))
                #expect(record.state == .done && record.status == 201 && record.body == "{}")
                #expect(record.requestHash == [1, 2, 3])
                try #expect(reader.idempotency("other") == nil)
            }
            fixture.clock.advance(seconds: 1)
            let expired = try await fixture.store.read(alice, orEmpty: nil) { try $0.idempotency("k") }
            #expect(expired == nil)
            try await fixture.store.write(alice) { try $0.claimIdempotency("k", requestHash: [9]) }
        }
    }

    @Test(
        "Conversations are found by the words of their title and messages, whatever the case",
        arguments: StoreBackend.allCases)
    func search(backend: StoreBackend) async throws {
        let alice = StoreFixture.alice
        try await StoreFixture.run(backend) { fixture in
            _ = try await fixture.store.write(alice) { transaction in
                for (title, message, answer) in [
                    ("Groceries", "Kaufe ÄPFEL und Milch", "Added."), ("Rent", "pay the rent", "Milk is not rent."),
                ] {
                    let conversation = try transaction.createConversation(title: title)
                    let turn = try transaction.beginTurn(conversation: conversation.id, userMessage: message)
                    try transaction.finishTurn(turn.id, Turn.End(status: .done, answer: answer, isComplete: true))
                }
            }
            for (search, expected) in [
                ("äpfel", [1]), ("groceries milch", [1]), ("MIL", [2, 1]), ("milk groceries", []), ("100%", []),
                (" ", [2, 1]),
            ] {
                let found = try await fixture.store.read(alice, orEmpty: nil) {
                    try $0.conversations(search: search, limit: 10).items.map(\.id)
                }
                #expect(found == expected, "\(search)")
            }
        }
    }

    @Test(
        "The history is bounded by size, in whole turns, and has the last one in any case",
        arguments: StoreBackend.allCases)
    func historyBySize(backend: StoreBackend) async throws {
        let alice = StoreFixture.alice
        try await StoreFixture.run(backend) { fixture in
            let ids = try await fixture.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "t")
                for number in 1...4 {
                    let turn = try transaction.beginTurn(conversation: conversation.id, userMessage: "üü\(number)")
                    try transaction.finishTurn(turn.id, Turn.End(status: .done, answer: "12345", isComplete: true))
                }
                return try [0, 10, 20, 29, 30, 1000].map { bytes in
                    try transaction.history(conversation: conversation.id, turns: 3, bytes: bytes).map(\.turn.id)
                }
            }
            #expect(ids == [[4], [4], [3, 4], [3, 4], [2, 3, 4], [2, 3, 4]])
        }
    }
}
