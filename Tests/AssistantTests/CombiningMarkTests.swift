import Assistant
import JSON
import ProviderKit
import Testing
import TodoStore

@Suite("Combining marks in what a model says")
struct CombiningMarkTests {
    static let tower = "a" + String(repeating: "\u{301}", count: 5_000)
    static let limited = "a" + String(repeating: "\u{301}", count: 30)

    @Test("Of an answer thirty in a row are shown and stored, however it comes in pieces")
    func answer() async throws {
        let script = ScriptedProvider.Script([.say("x \(Self.tower) y")])
        try await TurnFixture.run([script]) { fixture in
            let outcome = try await fixture.outcome("hello")
            let wanted = "x \(Self.limited) y"
            #expect(outcome.response.utf8.elementsEqual(wanted.utf8))
            let stored = try await fixture.databases.read(fixture.account, orEmpty: nil) {
                try $0.messages(conversation: outcome.id.conversation, limit: 10, cursor: nil).items.last?.content
            }
            #expect(stored?.utf8.elementsEqual(wanted.utf8) == true)
        }
    }

    @Test("Arguments of a call are refused, and the model is told why")
    func arguments() async throws {
        for (tool, name) in [
            ("add_task", "title"), ("search_tasks", "query"), ("list_tasks", "tag"), ("update_task", "title"),
        ] {
            let script = ScriptedProvider.Script([
                .call([ToolCall(tool, [name: .string(Self.tower)])]), .say("Sorry."),
            ])
            try await TurnFixture.run([script]) { fixture in
                let result = try await fixture.outcome("go on").toolCalls.first?.result
                #expect(result?["error"]?["code"] == "validation_failed")
                #expect(result?["error"]?["message"]?.string?.contains("more than 30 combining marks") == true)
            }
        }
    }

    @Test("The name of a tool that does not exist is shortened")
    func names() async throws {
        let script = ScriptedProvider.Script([.call([ToolCall(Self.tower, [:])]), .say("Sorry.")])
        try await TurnFixture.run([script]) { fixture in
            let call = try await fixture.outcome("go on").toolCalls.first
            #expect(call?.tool.utf8.elementsEqual(Self.limited.utf8) == true)
        }
    }
}
