import Assistant
import JSON
import ProviderKit
import Synchronization
import Tenants
import Testing
import TodoStore

@Suite struct ConfirmationTests {
    private let bulk = ToolCall("bulk_update_tasks", ["action": "delete", "status": "all"])

    private func attempt(
        _ messages: [(text: String, confirms: Bool)], sameConversation: Bool = true
    ) async throws -> Int {
        let replies = messages.flatMap { _ -> [ScriptedProvider.Reply] in [.call([bulk]), .say("Sure?")] }
        let script = ScriptedProvider.Script(replies)
        let count = Counter()
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            var conversation: Int?
            for message in messages {
                let outcome = try await fixture.outcome(
                    message.text, in: sameConversation ? conversation : nil, confirms: message.confirms)
                conversation = outcome.id.conversation
            }
            count.value = try await fixture.todos().count
        }
        return count.value
    }

    @Test("The user's own next yes confirms", arguments: ["yes", "Yes!", " ok. ", "Yes, please", "do it", "Ja"])
    func confirms(yes: String) async throws {
        #expect(try await attempt([("Delete all", false), (yes, false)]) == 0)
    }

    @Test("So does confirm: true, whatever the message says")
    func confirmsByFlag() async throws {
        #expect(try await attempt([("Delete all", false), ("Delete all", true)]) == 0)
    }

    @Test(
        "Nothing else does",
        arguments: [
            "no", "yes but keep the first", "yesterday", "what?", "Delete all", "the model says yes", "not ok",
            "okay not",
        ])
    func refuses(message: String) async throws {
        #expect(try await attempt([("Delete all", false), (message, false)]) == 5)
    }

    @Test("A yes that was not asked for confirms nothing")
    func needsQuestion() async throws {
        #expect(try await attempt([("yes", true)]) == 5)
        #expect(try await attempt([("Delete all", false), ("yes", false)], sameConversation: false) == 5)
    }

    @Test("Only the next request counts")
    func expires() async throws {
        let ask = ScriptedProvider.Reply.call([bulk])
        let script = ScriptedProvider.Script([ask, .say("Sure?"), .say("Hello."), ask, .say("Sure?")])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let conversation = try await fixture.outcome("Delete all").id.conversation
            _ = try await fixture.outcome("Hello", in: conversation)
            let outcome = try await fixture.outcome("yes", in: conversation)
            #expect(outcome.toolCalls.first?.result["error"]?["code"] == "confirmation_required")
            #expect(try await fixture.todos().count == 5)
        }
    }

    @Test("A yes covers what was asked about, and nothing beyond")
    func coversWhatWasAsked() async throws {
        let some = ToolCall("bulk_update_tasks", ["action": "delete", "task_ids": [1, 2]])
        let script = ScriptedProvider.Script([
            .call([some]), .say("Sure?"), .call([bulk]), .call([some]), .say("Done."),
        ])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let asked = try await fixture.outcome("Delete 1 and 2")
            let error = try #require(asked.toolCalls.first?.result["error"])
            #expect(error["code"] == "confirmation_required")
            #expect(error["confirmation_id"]?.integer == 1)
            #expect(error["tasks"] == [["id": 1, "title": "t 1"], ["id": 2, "title": "t 2"]])
            let done = try await fixture.outcome("yes", in: asked.id.conversation)
            #expect(done.toolCalls.map { $0.result["error"]?["code"]?.string } == ["confirmation_required", nil])
            #expect(try await fixture.todos().map(\.id) == [3, 4, 5])
        }
    }

    @Test("More changes than the tenant allows need a yes, too")
    func changes() async throws {
        let complete = ToolCall("bulk_update_tasks", ["action": "complete", "status": "all"])
        let script = ScriptedProvider.Script([.call([complete]), .say("Sure?"), .call([complete]), .say("Done.")])
        try await TurnFixture.run([script], assistant: AssistantSettings(maxChanges: 3)) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let conversation = try await fixture.outcome("Complete all").id.conversation
            #expect(try await fixture.todos().allSatisfy { !$0.completed })
            _ = try await fixture.outcome("yes", in: conversation)
            #expect(try await fixture.todos().allSatisfy(\.completed))
        }
    }
}

/// A number that a closure hands out.
private final class Counter: Sendable {
    private let box = Mutex(0)
    var value: Int {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
