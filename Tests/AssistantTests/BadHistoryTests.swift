import Assistant
import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

/// Conversations with a message that a provider refuses or that has no answer.
@Suite(.timeLimit(.minutes(5))) struct BadHistoryTests {
    private static let refusal = ProviderError(.request, "invalid content", status: 400)

    /// The texts of a request after the system prompt, each with its role, without the times of the user's messages.
    private func sent(_ request: ChatRequest) -> [String] {
        request.messages.dropFirst().map { message in
            switch message {
            case .system(let text): "system: \(text)"
            case .user(let text): "user: " + text.replacing("[Sunday 2026-11-22 20:00 UTC+00:00] ", with: "")
            case .assistant(let message):
                "assistant: \(message.content)\(message.toolCalls.isEmpty ? "" : " +\(message.toolCalls.count)")"
            case .tool: "tool"
            }
        }
    }

    /// Runs one turn for each message, in one conversation, and returns the requests.
    private func requests(
        _ replies: [ScriptedProvider.Reply], _ messages: [String], failing: Set<String> = []
    ) async throws -> [[String]] {
        let script = ScriptedProvider.Script(replies)
        try await TurnFixture.run([script], assistant: AssistantSettings(safetyNet: false)) { fixture in
            var conversation: Int?
            for message in messages {
                let events = try await fixture.events(message, in: conversation)
                if case .started(let id)? = events.first { conversation = id.conversation }
                let isAnswered = events.contains { if case .finished = $0 { true } else { false } }
                #expect(isAnswered == !failing.contains(message), "\(message)")
            }
        }
        return script.requests.map(sent)
    }

    @Test("A refused history loses the bad turn, and later requests leave it out at once")
    func refusedHistory() async throws {
        let requests = try await requests(
            [
                .say("One."), .say("Two."), .say("Three."),
                // The second turn is bad: the last one alone is accepted.
                .fail(Self.refusal), .fail(Self.refusal), .say("Four."), .say("Five."),
            ], ["1", "2", "3", "4", "5"])
        #expect(requests.count == 7)
        let last = ["user: 3", "assistant: Three.", "user: 4"]
        #expect(requests[3] == ["user: 1", "assistant: One.", "user: 2", "assistant: Two."] + last)
        #expect(requests[4] == ["user: 1", "assistant: One.", "user: 2", "assistant: Two.", "user: 4"])
        #expect(requests[5] == last)
        #expect(requests[6] == last + ["assistant: Four.", "user: 5"])
    }

    @Test("A refusal that does not depend on the history is an error, and the conversation goes on without the message")
    func refusedMessage() async throws {
        let requests = try await requests(
            [.say("One."), .fail(Self.refusal), .fail(Self.refusal), .say("Three.")], ["1", "bad", "3"],
            failing: ["bad"])
        #expect(requests[1] == ["user: 1", "assistant: One.", "user: bad"])
        #expect(requests[2] == ["user: bad"])
        #expect(requests[3] == ["user: 1", "assistant: One.", "user: 3"])
    }

    @Test(
        "A message that may be the reason for a failure is not sent again",
        arguments: [
            ProviderError(.policy, "no", status: 403), ProviderError(.overloaded, "x", status: 500, isRetryable: false),
            ProviderError(.misbehaved, "x", isRetryable: false), ProviderError(.context, "long"),
        ])
    func poison(_ error: ProviderError) async throws {
        let requests = try await requests([.fail(error), .say("Fine.")], ["poison", "hello"], failing: ["poison"])
        #expect(requests == [["user: poison"], ["user: hello"]])
    }

    @Test("A conversation that is too long for the model goes on with its end")
    func tooLong() async throws {
        let long = ProviderError(.context, "too long", status: 400)
        let answers = (1...4).map { ScriptedProvider.Reply.say("\($0)!") }
        let requests = try await requests(
            answers + [.fail(long), .say("5!"), .say("6!")], ["1", "2", "3", "4", "5", "6"])
        #expect(requests[5] == ["user: 3", "assistant: 3!", "user: 4", "assistant: 4!", "user: 5"])
        #expect(requests[6].first == "user: 3")
    }

    @Test("A message that got no answer stands before the next one, in the same message")
    func unanswered() async throws {
        let outage = ProviderError(.overloaded, "x", status: 503, isRetryable: false)
        let requests = try await requests(
            [.fail(outage), .fail(outage), .say("Three."), .say("Four.")], ["1", "2", "3", "4"], failing: ["1", "2"])
        let merged = "user: 1\n[No answer was given to this.]\n\n2\n[No answer was given to this.]\n\n3"
        #expect(requests[2] == [merged])
        // The beginning of the conversation stays as it was.
        #expect(requests[3] == [merged, "assistant: Three.", "user: 4"])
    }

    @Test("What a turn did before it was interrupted is told with its message, and nothing in the model's name")
    func interruptedAfterCalls() async throws {
        let outage = ProviderError(.overloaded, "x", status: 503, isRetryable: false)
        let requests = try await requests(
            [.call([ToolCall("add_task", ["title": "Milk"])]), .fail(outage), .say("Hello.")], ["Add milk", "Hi"],
            failing: ["Add milk"])
        #expect(requests.last?.count == 1)
        #expect(requests.last?.first?.hasPrefix("user: Add milk\n[This was interrupted after: add_task gave {") == true)
        #expect(requests.last?.first?.contains("\"title\":\"Milk\"") == true)
        #expect(requests.last?.first?.hasSuffix("]\n\nHi") == true)
    }

    @Test("Roles alternate in every request, whatever became of the turns")
    func alternates() async throws {
        let outage = ProviderError(.unreachable, "x", isRetryable: false)
        let add = ScriptedProvider.Reply.call([ToolCall("add_task", ["title": "Milk"])])
        let replies: [ScriptedProvider.Reply] = [
            .say("One."), .fail(outage), add, .fail(outage), .fail(outage, afterText: "I will"), .say("Five."),
            .say("Six."),
        ]
        let requests = try await requests(replies, ["1", "2", "3", "4", "5", "6"], failing: ["2", "3", "4"])
        for request in requests {
            let roles = request.map { $0.prefix { $0 != ":" } }.filter { $0 != "tool" }
            for (index, role) in roles.enumerated() { #expect(role == (index % 2 == 0 ? "user" : "assistant")) }
        }
    }
}
