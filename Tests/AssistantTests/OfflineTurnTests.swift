import Assistant
import Identity
import Offline
import ProviderKit
import Tenants
import TestSupport
import Testing
import TodoStore

/// Turns of the rules with the tools and the store of the server.
@Suite(.timeLimit(.minutes(5))) struct OfflineTurnTests {
    private func run(_ body: @escaping @Sendable (TurnFixture) async throws -> Void) async throws {
        let transport = ProviderTransport(clock: ContinuousClock())
        try await TurnFixture.run(
            chain: [ProviderTarget(providerID: "offline", settings: ProviderSettings())], clock: ContinuousClock(),
            makeProvider: { tenant, target in
                try OfflineProvider(settings: target.settings, transport: transport.of(tenant.rawValue))
            }, body)
        await transport.shutdown()
    }

    private func tasks(_ fixture: TurnFixture) async throws -> [String] {
        try await fixture.databases.read(fixture.account, orEmpty: []) { reader in
            try reader.todos(.init()).items.map { ($0.completed ? "✓ " : "") + $0.title }
        }
    }

    @Test("Several changes are undone, each once, in the order of their requests")
    func undone() async throws {
        try await run { fixture in
            let first = try await fixture.outcome("add milk")
            for message in ["add bread and eggs", "mark 1 as done", "delete task 2"] {
                _ = try await fixture.outcome(message, in: first.id.conversation)
            }
            _ = try await fixture.outcome("undo the last two", in: first.id.conversation)
            #expect(try await tasks(fixture) == ["Milk", "Bread", "Eggs"])
            // The last request has added two tasks, and two deletions need the user's yes.
            let question = try await fixture.outcome("undo the last two changes", in: first.id.conversation)
            #expect(question.response.hasPrefix("I need your confirmation"))
            #expect(question.toolCalls.count == 1)
            _ = try await fixture.outcome("yes", in: first.id.conversation)
            #expect(try await tasks(fixture) == ["Milk"])
        }
    }

    @Test("A deleted task is brought back, by undo and by adding it anew")
    func restored() async throws {
        try await run { fixture in
            let first = try await fixture.outcome("add buy milk tomorrow")
            let conversation = first.id.conversation
            _ = try await fixture.outcome("show my tasks", in: conversation)
            _ = try await fixture.outcome("delete the milk task", in: conversation)
            _ = try await fixture.outcome("bring back the milk task", in: conversation)
            #expect(try await tasks(fixture) == ["Buy milk"])
            _ = try await fixture.outcome("delete the milk task", in: conversation)
            _ = try await fixture.outcome("add eggs", in: conversation)
            let last = try await fixture.outcome("restore the milk task", in: conversation)
            #expect(last.response.contains("added the task anew"))
            #expect(last.response.contains("due tomorrow"))
            #expect(try await tasks(fixture) == ["Eggs", "Buy milk"])
        }
    }

    @Test("A task is reopened once, also where two sentences say so")
    func reopened() async throws {
        try await run { fixture in
            let first = try await fixture.outcome("add milk and eggs")
            _ = try await fixture.outcome("mark task 2 as done", in: first.id.conversation)
            let outcome = try await fixture.outcome(
                "Reopen task 2, I have not done it yet", in: first.id.conversation)
            #expect(outcome.response == "Reopened task 2: Eggs.")
            #expect(outcome.toolCalls.count == 1)
        }
    }

    @Test("More tasks than a list has are counted by their status")
    func counted() async throws {
        try await run { fixture in
            let names = { (first: Int) in (first..<first + 20).map { "item\($0)" }.joined(separator: ", ") }
            let first = try await fixture.outcome("add these: \(names(1))")
            let conversation = first.id.conversation
            for number in 1...3 {
                _ = try await fixture.outcome("add these: \(names(20 * number + 1))", in: conversation)
            }
            _ = try await fixture.outcome("complete everything except 1", in: conversation)
            // So many changes need the user's yes.
            _ = try await fixture.outcome("yes", in: conversation)
            for number in 4...5 {
                _ = try await fixture.outcome("add these: \(names(20 * number + 1))", in: conversation)
            }
            let outcome = try await fixture.outcome("how many tasks do I have?", in: conversation)
            #expect(outcome.response == "You have 120 tasks, 41 of them pending.")
        }
    }

    @Test(
        "What asks for no change leaves the store alone", arguments: NonCommands.all.filter { $0.text.count % 7 == 0 })
    func unchanged(_ message: NonCommands.Message) async throws {
        try await run { fixture in
            let first = try await fixture.outcome("add these: \(NonCommands.titles.joined(separator: ", "))")
            let before = try await tasks(fixture)
            _ = try await fixture.outcome(message.text, in: first.id.conversation)
            #expect(try await tasks(fixture) == before)
        }
    }
}
