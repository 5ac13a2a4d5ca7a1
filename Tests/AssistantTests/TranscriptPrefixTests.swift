import Assistant
import Foundation
import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

@Suite struct TranscriptPrefixTests {
    @Test("Each request of a conversation begins with all messages of the one before, so that servers reuse their work")
    func growsOnly() async throws {
        let script = ScriptedProvider.Script([
            .call([ToolCall("add_task", ["title": "A"])]), .say("Added A."), .say("Hello."),
            .call([ToolCall("list_tasks", [:])]), .say("There is A."),
        ])
        try await TurnFixture.run([script]) { fixture in
            let first = try await fixture.outcome("Add A")
            _ = try await fixture.outcome("Hi", in: first.id.conversation)
            _ = try await fixture.outcome("Show all", in: first.id.conversation)
        }
        let requests = script.requests.map { Array($0.messages) }
        #expect(requests.count == 5)
        for (earlier, later) in zip(requests, requests.dropFirst()) {
            #expect(later.count > earlier.count)
            #expect(Array(later.prefix(earlier.count)) == earlier)
        }
        #expect(Set(script.requests.map(\.tools)).count == 1)
    }

    @Test("The time stands beside each message of the user, and nowhere else")
    func stamps() async throws {
        let script = ScriptedProvider.Script([.say("Hello.")])
        try await TurnFixture.run([script], assistant: AssistantSettings(timeZone: .gmt)) { fixture in
            _ = try await fixture.outcome("Hi")
        }
        guard case .system(let system)? = script.requests.first?.messages.first,
            case .user(let user)? = script.requests.first?.messages.last
        else {
            Issue.record("there are no messages")
            return
        }
        #expect(user == "[Sunday 2026-11-22 20:00 UTC+00:00] Hi")
        #expect(!system.contains("2026"))
    }
}
