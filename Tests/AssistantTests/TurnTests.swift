import Assistant
import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

@Suite struct TurnTests {
    @Test("A turn without tools stores the question and the answer")
    func answersInWords() async throws {
        let script = ScriptedProvider.Script([.say("Hello there.")])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("Hi")
            #expect(outcome.response == "Hello there.")
            #expect(outcome.provider == "scripted-0")
            #expect(outcome.model == "script-1")
            #expect(outcome.usage == TokenUsage(inputTokens: 10, outputTokens: 2))
            let messages = try await fixture.messages(outcome.id.conversation)
            #expect(messages.map(\.content) == ["Hi", "Hello there."])
            #expect(messages.map(\.status) == [.complete, .complete])
        }
    }

    @Test("A tool call changes the list, and its result goes back to the model")
    func runsTools() async throws {
        let script = ScriptedProvider.Script([.call([ToolCall("add_task", ["title": "Buy milk"])]), .say("Added.")])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("Add milk")
            #expect(outcome.response == "Added.")
            #expect(
                outcome.toolCalls == [
                    StoredMessage.ToolCall(
                        id: "call_1", tool: "add_task", arguments: ["title": "Buy milk"],
                        result: ["task_id": 1, "status": "created", "title": "Buy milk"])
                ])
            #expect(outcome.usage == TokenUsage(inputTokens: 20, outputTokens: 4))
            #expect(try await fixture.titles() == ["Buy milk"])
            let asked = script.requests
            #expect(asked.count == 2)
            #expect(asked[0].tools.map(\.name).contains("add_task"))
            guard case .tool(let result) = asked[1].messages.last else {
                Issue.record("the last message is not the tool's result")
                return
            }
            #expect(result.content == #"{"task_id":1,"status":"created","title":"Buy milk"}"#)
            let changes = try await fixture.databases.read(fixture.account, orEmpty: []) {
                try $0.changes(limit: 10).items
            }
            #expect(changes.map(\.kind) == [.created])
            #expect(changes.map(\.actor) == [.assistant])
            #expect(changes.map(\.turnID) == [1])
        }
    }

    @Test("A search looks at titles, descriptions and tags, and for nothing it is refused as it is by REST")
    func searches() async throws {
        let searches = ["  ", "", String(repeating: "x", count: 201), "HEALTH", "milk"]
        let script = ScriptedProvider.Script([
            .call([
                ToolCall("add_task", ["title": "Gym", "tags": ["Health"]], id: "a"),
                ToolCall("add_task", ["title": "Milk"], id: "b"),
            ]),
            .call(
                searches.enumerated().map {
                    ToolCall("search_tasks", ["query": .string($0.element)], id: "s\($0.offset)")
                }),
            .say("There."),
        ])
        try await TurnFixture.run([script]) { fixture in
            let results = try await fixture.outcome("Look").toolCalls.dropFirst(2).map(\.result)
            #expect(results.prefix(3).map { $0["error"]?["code"] } == Array(repeating: "validation_failed", count: 3))
            #expect(results.suffix(2).map { $0.array?.map { $0["title"] } } == [["Gym"], ["Milk"]])
        }
    }

    @Test("Events come in the order of the contract")
    func ordersEvents() async throws {
        let script = ScriptedProvider.Script([.call([ToolCall("list_tasks", [:])]), .say("Nothing.")])
        try await TurnFixture.run([script]) { fixture in
            let names = try await fixture.events("What is there?").map(\.name)
            #expect(names == ["started", "alive", "toolCall", "toolResult", "alive", "text", "finished"])
        }
    }

    @Test("A conversation goes on with what was said before, tool calls and results included")
    func remembers() async throws {
        let script = ScriptedProvider.Script([
            .call([ToolCall("add_task", ["title": "A"])]), .say("Added A."), .say("As I said."),
        ])
        try await TurnFixture.run([script]) { fixture in
            let first = try await fixture.outcome("Add A")
            _ = try await fixture.outcome("What did you do?", in: first.id.conversation)
            let kinds = script.requests[2].messages.map(\.kind)
            #expect(kinds == ["system", "user", "assistant+1", "tool", "assistant", "user"])
        }
    }

    @Test(
        "A bad call goes back to the model as an error and changes nothing",
        arguments: [
            (ToolCall("add_task", ["title": ""]), "validation_failed"),
            (ToolCall("add_task", ["title": "x", "user_id": "bob"]), "validation_failed"),
            (ToolCall("add_task", ["title": 3]), "validation_failed"),
            (ToolCall("complete_task", ["task_id": 99]), "not_found"),
            (ToolCall("complete_task", [:]), "validation_failed"),
            (ToolCall("list_tasks", ["limit": 1000]), "validation_failed"),
            (ToolCall("drop_database", [:]), "unknown_tool"),
        ])
    func refusesBadCalls(call: ToolCall, code: String) async throws {
        let script = ScriptedProvider.Script([.call([call]), .say("Sorry.")])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("Do it")
            #expect(outcome.toolCalls.first?.result["error"]?["code"]?.string == code)
            #expect(try await fixture.titles() == [])
        }
    }

    @Test("A missing task is answered with the tasks that may have been meant")
    func suggestsTasks() async throws {
        let script = ScriptedProvider.Script([
            .call([ToolCall("add_task", ["title": "Call mom"])]),
            .call([ToolCall("delete_task", ["task_id": 7])]), .say("Which one?"),
        ])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("Delete it")
            #expect(
                outcome.toolCalls.last?.result["error"]?["suggestions"] == [["id": 1, "title": "Call mom"]])
        }
    }

    @Test("More calls than a message may have are answered, not run")
    func boundsCalls() async throws {
        let calls = (1...18).map { ToolCall("add_task", ["title": .string("Task \($0)")], id: "call_\($0)") }
        let script = ScriptedProvider.Script([.call(calls), .say("Done.")])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("Add many")
            #expect(outcome.toolCalls.count == 18)
            #expect(outcome.toolCalls[16].result["error"]?["code"]?.string == "too_many_calls")
            #expect(try await fixture.titles().count == 16)
        }
    }

    @Test("A turn changes no more tasks than the tenant allows")
    func boundsChanges() async throws {
        let calls = (1...5).map { ToolCall("add_task", ["title": .string("Task \($0)")], id: "call_\($0)") }
        let script = ScriptedProvider.Script([.call(calls), .say("Done.")])
        try await TurnFixture.run([script], assistant: AssistantSettings(maxChanges: 3)) { fixture in
            let outcome = try await fixture.outcome("Add many")
            #expect(outcome.toolCalls.last?.result["error"]?["code"]?.string == "too_many_changes")
            #expect(try await fixture.titles().count == 3)
        }
    }

    @Test("The last round offers no tools, and a model that calls one nevertheless ends the turn")
    func boundsRounds() async throws {
        let script = ScriptedProvider.Script(Array(repeating: .call([ToolCall("list_tasks", [:])]), count: 9))
        try await TurnFixture.run([script], assistant: AssistantSettings(maxRounds: 2)) { fixture in
            let error = try await fixture.failure("Loop")
            #expect(error?.code == "provider_misbehaved")
            #expect(script.requests.count == 3)
            #expect(script.requests.last?.tools.isEmpty == true)
        }
    }

    @Test("A provider's failure is the turn's, and what it had said is kept as incomplete")
    func keepsPartialAnswers() async throws {
        let script = ScriptedProvider.Script([.fail(ProviderError(.truncated, "cut"), afterText: "I will")])
        try await TurnFixture.run([script]) { fixture in
            let events = try await fixture.events("Go")
            #expect(events.map(\.name) == ["started", "alive", "text", "failed"])
            let messages = try await fixture.messages(1)
            #expect(messages.last?.content == "I will")
            #expect(messages.last?.status == .incomplete)
        }
    }

    @Test("An answer that was cut at the token limit stands as far as it was written")
    func keepsCutAnswers() async throws {
        let script = ScriptedProvider.Script([.end("Half of", .length)])
        try await TurnFixture.run([script], assistant: AssistantSettings(maxOutputTokens: 99)) { fixture in
            let outcome = try await fixture.outcome("Go")
            #expect(outcome.response == "Half of")
            #expect(script.requests.map(\.maxOutputTokens) == [99])
            #expect(try await fixture.messages(1).last?.status == .complete)
        }
    }

    @Test("An answer that was cut before its first word is no answer", arguments: ["", " \n"])
    func refusesEmptyCutAnswers(_ text: String) async throws {
        try await TurnFixture.run([ScriptedProvider.Script([.end(text, .length)])]) { fixture in
            let code = try await fixture.failureCode("Go")
            #expect(code == "provider_misbehaved")
        }
    }

    @Test("An answer that repeated itself is shown again without the repetition")
    func restartsShortenedAnswers() async throws {
        let script = ScriptedProvider.Script([.shorten("Two. Two. Two.", to: "Two.")])
        try await TurnFixture.run([script]) { fixture in
            let events = try await fixture.events("Go")
            #expect(events.map(\.name) == ["started", "alive", "text", "restart", "text", "finished"])
            guard case .restart("repetition") = events[3], case .text("Two.") = events[4] else {
                Issue.record("\(events)")
                return
            }
            #expect(try await fixture.messages(1).last?.content == "Two.")
        }
    }

    @Test("When a target dies after text was shown, the next one begins again")
    func fallsBack() async throws {
        let first = ScriptedProvider.Script([.fail(ProviderError(.idleTimeout, "stall"), afterText: "Let me")])
        let second = ScriptedProvider.Script([.say("Hello.")])
        try await TurnFixture.run([first, second]) { fixture in
            let events = try await fixture.events("Hi")
            #expect(events.map(\.name) == ["started", "alive", "text", "restart", "alive", "text", "finished"])
            guard case .finished(let outcome) = events.last else { return }
            #expect(outcome.provider == "scripted-1")
            #expect(outcome.response == "Hello.")
            #expect(try await fixture.messages(1).last?.content == "Hello.")
        }
    }

    @Test("A refusal by policy is not routed around")
    func surfacesPolicy() async throws {
        let first = ScriptedProvider.Script([.fail(ProviderError(.policy, "no"))])
        let second = ScriptedProvider.Script([.say("Sure!")])
        try await TurnFixture.run([first, second]) { fixture in
            let code = try await fixture.failureCode("Hi")
            #expect(code == "provider_rejected")
            #expect(second.requests.isEmpty)
        }
    }

    @Test(
        "A client that leaves ends the provider call, and the turn is stored as interrupted: cancelled or gone",
        arguments: [true, false])
    func endsWhenTheReaderLeaves(_ isCancelled: Bool) async throws {
        let script = ScriptedProvider.Script([.stall(afterText: "I am"), .say("Again.")])
        try await TurnFixture.run([script]) { fixture in
            var reader: TurnReader? = try fixture.start("Hi")
            while case .event(let event)? = await reader?.next() {
                if case .text = event { break }
            }
            let held = isCancelled ? reader : nil
            await withTaskGroup(of: Void.self) { group in
                if let held { group.addTask { _ = await held.next() } }
                group.cancelAll()
            }
            // Like a failed write to a connection: no method is called, the reader is just released.
            reader = nil
            // The next turn of the conversation waits for the end of this one.
            let next = try await fixture.outcome("Still there?", in: 1)
            #expect(next.response == "Again.")
            withExtendedLifetime(held) {}
            let messages = try await fixture.messages(1)
            #expect(messages.map(\.content) == ["Hi", "I am", "Still there?", "Again."])
            #expect(messages[1].status == .incomplete)
            let status = try await fixture.databases.read(fixture.account, orEmpty: nil) { try $0.turn(1)?.status }
            #expect(status == .interrupted)
        }
    }

    @Test("An unknown conversation is not found, and nothing is stored")
    func refusesUnknownConversations() async throws {
        let script = ScriptedProvider.Script([])
        try await TurnFixture.run([script]) { fixture in
            let code = try await fixture.failureCode("Hi", in: 42)
            #expect(code == "not_found")
            #expect(script.requests.isEmpty)
        }
    }

    @Test("At most four turns wait in one conversation")
    func boundsTheQueue() async throws {
        let script = ScriptedProvider.Script([.say("One."), .stall(afterText: "…")])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.outcome("One")
            let running = try fixture.start("Two", in: 1)
            while case .event(let event) = await running.next() {
                if case .text = event { break }
            }
            // The second to last of the five finds four waiting, whichever that is.
            let waiting = try (1...5).map { _ in try fixture.start("More", in: 1) }
            let refused = await withTaskGroup(of: TurnEvent?.self) { group in
                for channel in waiting {
                    group.addTask {
                        if case .event(let event) = await channel.next() { event } else { nil }
                    }
                }
                let first = await group.next() ?? nil
                group.cancelAll()
                return first
            }
            guard case .failed(let error) = refused else {
                Issue.record("no turn was refused")
                return
            }
            #expect(error.code == "conversation_busy")
            withExtendedLifetime(running) {}
        }
    }

    @Test("A target after the first one is told that it stands in")
    func tellsFallback() async throws {
        let first = ScriptedProvider.Script([.fail(ProviderError(.unreachable, "down", isRetryable: false))])
        let second = ScriptedProvider.Script([.say("Here I am.")])
        try await TurnFixture.run([first, second]) { fixture in
            _ = try await fixture.outcome("Hi")
            #expect(first.requests.map(\.isFallback) == [false])
            #expect(second.requests.map(\.isFallback) == [true])
        }
    }
}
