import Assistant
import Identity
import JSON
import Offline
import ProviderKit
import Tenants
import Testing
import TodoStore

@Suite(.timeLimit(.minutes(5))) struct RepeatedCallTests {
    private func run(
        _ replies: [ScriptedProvider.Reply], _ body: @escaping @Sendable (TurnFixture) async throws -> Void
    ) async throws {
        let script = ScriptedProvider.Script(replies)
        let transport = ProviderTransport(clock: ContinuousClock())
        try await TurnFixture.run(
            chain: [ProviderTarget(providerID: "scripted", settings: ProviderSettings())], clock: ContinuousClock(),
            makeProvider: { tenant, target in
                guard target.providerID == "offline" else { return ScriptedProvider(script: script) }
                return try OfflineProvider(settings: target.settings, transport: transport.of(tenant.rawValue))
            }, body)
        await transport.shutdown()
    }

    private func add(_ id: String, _ title: String = "Buy groceries") -> ScriptedProvider.Reply {
        .call([ToolCall(id: id, name: "add_task", arguments: ["title": .string(title)])])
    }

    private func titles(_ fixture: TurnFixture) async throws -> [String] {
        try await fixture.databases.read(fixture.account, orEmpty: []) { try $0.todos(.init()).items.map(\.title) }
    }

    @Test("An equal call changes nothing again, gets the first result, and ends the turn with what was done")
    func once() async throws {
        let call = ToolCall(
            id: "a", name: "add_task", arguments: ["title": "Buy groceries", "due_at": "2026-11-23T17:00:00Z"])
        try await run([.call([call]), .call([call]), .call([call])]) { fixture in
            let outcome = try await fixture.outcome("Add a task to buy groceries at 5 pm")
            #expect(try await titles(fixture) == ["Buy groceries"])
            #expect(outcome.toolCalls.count == 2)
            #expect(outcome.toolCalls[0].result == outcome.toolCalls[1].result)
            #expect(outcome.response.contains("Buy groceries"))
            #expect(outcome.provider == "offline")
        }
    }

    @Test("After a change, a model that is cut off before its first word is stood in for", arguments: ["", "\n"])
    func cutOff(_ text: String) async throws {
        try await run([add("a"), .end(text, .length)]) { fixture in
            let outcome = try await fixture.outcome("Add a task to buy groceries")
            #expect(outcome.response.contains("Buy groceries"))
            #expect(outcome.provider == "offline")
        }
    }

    @Test("As many equal calls are run as the user asked for")
    func several() async throws {
        try await run([add("a", "Milk"), add("b", "Milk"), .say("Both are added.")]) { fixture in
            _ = try await fixture.outcome("Add two tasks called milk")
            #expect(try await titles(fixture) == ["Milk", "Milk"])
        }
    }

    @Test("Equal calls that the user asked for do not end the model's turn")
    func severalRounds() async throws {
        let milk = (1...3).map { add("\($0)", "Milk") }
        try await run(milk + [.say("All three are added.")]) { fixture in
            let outcome = try await fixture.outcome("Add three tasks called milk")
            #expect(try await titles(fixture) == ["Milk", "Milk", "Milk"])
            #expect(outcome.response == "All three are added.")
        }
    }

    @Test("A list is read again after a change")
    func reads() async throws {
        let list = ScriptedProvider.Reply.call([ToolCall(id: "l", name: "list_tasks", arguments: [:])])
        try await run([list, add("a"), list, .say("There it is.")]) { fixture in
            let outcome = try await fixture.outcome("Add a task to buy groceries and show my tasks")
            #expect(outcome.toolCalls.map { $0.result.array?.count } == [0, nil, 1])
            #expect(outcome.response == "There it is.")
        }
    }

    @Test(
        "A model that says nothing after a change does not hide the change",
        arguments: ["", " \n"])
    func silence(_ text: String) async throws {
        try await run([add("a"), .end(text, .stop)]) { fixture in
            let outcome = try await fixture.outcome("Add a task to buy groceries")
            #expect(try await titles(fixture) == ["Buy groceries"])
            #expect(outcome.response.contains("Buy groceries"))
        }
    }

    @Test("A model that says nothing before any change has failed")
    func nothing() async throws {
        try await run([.end("", .stop)]) { fixture in
            let failure = try await fixture.failure("Hello")
            let titles = try await titles(fixture)
            #expect(failure != nil && titles.isEmpty)
        }
    }
}
