import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

@testable import Assistant

@Suite(.timeLimit(.minutes(5))) struct IdempotentTurnTests {
    private let claim = IdempotencyClaim(key: "k1", requestHash: [1, 2, 3])

    @Test("The same key and request gets the stored answer, and the model is not asked again")
    func replays() async throws {
        let script = ScriptedProvider.Script([.call([ToolCall("add_task", ["title": "A"])]), .say("Added.")])
        try await TurnFixture.run([script]) { fixture in
            let first = try await fixture.outcome("Add A", idempotency: claim)
            guard case .replay(let outcome) = try await fixture.failure("Add A", idempotency: claim) else {
                Issue.record("the request was not replayed")
                return
            }
            #expect(outcome == first)
            #expect(script.requests.count == 2)
            #expect(try await fixture.titles() == ["A"])
        }
    }

    @Test("A record that an older version has stored, with an HTTP status and the body of its response, is replayed")
    func replaysOldRecords() async throws {
        let body = """
            {"conversation_id":7,"turn_id":9,"response":"Added.","tool_calls":[{"id":"c1","tool":"add_task",\
            "arguments":{"title":"A"},"result":{"task_id":1,"status":"created","title":"A"}}],"provider":"offline",\
            "model":"rules","usage":{"input_tokens":10,"output_tokens":2,"cached_input_tokens":4,"cost":0.5}}
            """
        try await TurnFixture.run([]) { fixture in
            try await fixture.databases.write(fixture.account) { transaction in
                try transaction.claimIdempotency(claim.key, requestHash: claim.requestHash)
                try transaction.finishIdempotency(claim.key, status: 200, body: body)
            }
            guard case .replay(let outcome) = try await fixture.failure("Add A", idempotency: claim) else {
                Issue.record("the request was not replayed")
                return
            }
            #expect(outcome.id == TurnID(conversation: 7, turn: 9))
            #expect(outcome.stored.text == body)
        }
    }

    @Test("The same key with another request is refused")
    func refusesOtherRequests() async throws {
        let script = ScriptedProvider.Script([.say("Hi.")])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.outcome("Hi", idempotency: claim)
            let other = IdempotencyClaim(key: "k1", requestHash: [9])
            #expect(try await fixture.failureCode("Ho", idempotency: other) == "idempotency_mismatch")
        }
    }

    @Test("A turn that was cut short goes on from its stored results: nothing runs twice")
    func resumes() async throws {
        let script = ScriptedProvider.Script([
            .call([ToolCall("add_task", ["title": "A"])]),
            .fail(ProviderError(.unreachable, "down", isRetryable: false)), .say("Added."),
        ])
        try await TurnFixture.run([script]) { fixture in
            #expect(try await fixture.failureCode("Add A", idempotency: claim) == "provider_unavailable")
            let outcome = try await fixture.outcome("Add A", idempotency: claim)
            #expect(outcome.response == "Added.")
            #expect(outcome.toolCalls.count == 1)
            #expect(try await fixture.titles() == ["A"])
            #expect(script.requests.last?.messages.map(\.kind) == ["system", "user", "assistant+1", "tool"])
            #expect(try await fixture.messages(1).map(\.content) == ["Add A", "Added."])
        }
    }

    @Test("A repetition that comes while the first one runs waits for its answer")
    func joins() async throws {
        let script = ScriptedProvider.Script([.say("Once.")])
        try await TurnFixture.run([script]) { fixture in
            let first = try fixture.start("Hi", idempotency: claim)
            async let second = fixture.failure("Hi", idempotency: claim)
            while case .event = await first.next() {}
            guard case .replay = try await second else {
                Issue.record("the request was not replayed")
                return
            }
            #expect(script.requests.count == 1)
        }
    }

    @Test("A turn that is resumed waits in the line of its conversation, although the request does not name it")
    func resumesInLine() async throws {
        let script = ScriptedProvider.Script([
            .fail(ProviderError(.unreachable, "down", isRetryable: false)), .stall(afterText: "Well"),
        ])
        try await TurnFixture.run([script]) { fixture in
            #expect(try await fixture.failureCode("Add A", idempotency: claim) == "provider_unavailable")
            var running: TurnReader? = try fixture.start("And?", in: 1)
            while case .event(let event)? = await running?.next() { if case .text = event { break } }
            let codes = try await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask { try await fixture.failureCode("Add A", idempotency: claim) }
                for number in 1...4 {
                    group.addTask { try await fixture.failureCode("More \(number)", in: 1) }
                }
                // Four may wait, so one of the five is refused while the first turn still runs.
                var codes = [try await group.next() ?? nil]
                running = nil
                for try await code in group { codes.append(code) }
                return codes
            }
            #expect(codes == ["conversation_busy", nil, nil, nil, nil])
        }
    }

    /// Stores a conversation with an answer of more than a megabyte, which is nested deeper than a request may be.
    private func largeAnswer(databaseSize: Int) async throws {
        var deep: JSONValue = "x"
        for _ in 0..<30 { deep = [deep] }
        let list = ToolCall("list_tasks", ["limit": 100])
        let script = ScriptedProvider.Script([
            .call(Array(repeating: list, count: 2) + [ToolCall("add_task", ["title": deep])]), .say("That is all."),
        ])
        try await TurnFixture.run([script]) { fixture in
            var fixture = fixture
            fixture.tenant.limits.databaseSize = databaseSize
            _ = try await fixture.databases.write(fixture.account) { transaction in
                for number in 1...100 {
                    let text = String(repeating: "ü", count: 1000)
                    let tags = (1...20).map { "\($0)" + String(repeating: "😀", count: 48) }
                    _ = try transaction.addTodo(
                        TodoDraft(title: "t \(number)", description: text, tags: tags), origin: .user)
                }
            }
            let first = try await fixture.outcome("Show all", idempotency: claim)
            #expect(first.stored.text.utf8.count > 1 << 20)
            for _ in 1...2 {
                guard case .replay(let outcome) = try await fixture.failure("Show all", idempotency: claim)
                else {
                    Issue.record("the request was not replayed")
                    return
                }
                #expect(outcome == first)
            }
            let record = try await fixture.databases.read(fixture.account, orEmpty: nil) { try $0.idempotency("k1") }
            #expect((record?.body == nil) == (databaseSize < 8 << 20))
        }
    }

    @Test("An answer that is larger and deeper than a request may be is repeated as it was")
    func repeatsLargeAnswers() async throws { try await largeAnswer(databaseSize: 64 << 20) }

    @Test("An answer for which there is no room twice is put together from its turn again")
    func rebuildsLargeAnswers() async throws { try await largeAnswer(databaseSize: 2 << 20) }
}
