import Assistant
import Foundation
import JSON
import Offline
import OpenAICompatible
import ProviderKit
import Synchronization
import Tenants
import TestSupport
import Testing
import TodoStore

/// Conversations with answers of real small models, as `make models` and `Tests/Models/record.py` recorded them.
@Suite(.timeLimit(.minutes(5))) struct RecordedModelTests {
    @Test(
        "What real models answer changes what the user asked for and nothing else, and shows nobody JSON",
        arguments: ["qwen05-grammar", "qwen05-parsed", "qwen05-raw", "qwen15-grammar", "qwen15-parsed"])
    func replays(name: String) async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
        let text = try String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)
        let conversations = try #require(try JSONParser.parse(text)["conversations"]?.array)
        #expect(conversations.count >= 12)
        for conversation in conversations { try await replay(conversation, of: name) }
    }

    private func replay(_ conversation: JSONValue, of name: String) async throws {
        let answers = Mutex<[JSONValue]>([])
        let reply: @Sendable (ScriptedRequest, Int) -> ScriptedReply = { _, _ in
            // A turn that asks more often than the recorded one is answered with nothing.
            Self.reply(answers.withLock { $0.isEmpty ? ["finish": "stop"] : $0.removeFirst() })
        }
        try await ScriptedUpstream.run(reply) { upstream in
            try await ProviderTransport.withTransport(clock: ContinuousClock()) { transport in
                let settings = ProviderSettings(model: "small", baseURL: upstream.url, allowPrivate: true)
                try await TurnFixture.run(
                    chain: [ProviderTarget(providerID: "openai-compatible", settings: settings)],
                    clock: ContinuousClock(),
                    makeProvider: { _, target in
                        guard target.providerID == "offline" else {
                            return try OpenAICompatibleProvider(settings: target.settings, transport: transport)
                        }
                        return try OfflineProvider(settings: target.settings, transport: transport)
                    }
                ) { fixture in
                    for title in conversation["tasks"]?.array ?? [] {
                        let draft = try TodoDraft(title: title.string ?? "")
                        try await fixture.databases.write(fixture.account) { _ = try $0.addTodo(draft, origin: .user) }
                    }
                    var id: Int?
                    for turn in conversation["turns"]?.array ?? [] {
                        answers.withLock { $0 = turn["answers"]?.array ?? [] }
                        let before = try await Self.tasks(fixture)
                        let said = turn["say"]?.string ?? ""
                        let outcome = try await fixture.outcome(said, in: id)
                        id = outcome.id.conversation
                        let changed = try await Self.tasks(fixture) != before
                        #expect(!outcome.response.contains(#"{""#), "\(name): \(said)")
                        #expect(!outcome.response.isEmpty, "\(name): \(said)")
                        // The rules do not know which one "the other one" is.
                        let wants = !(turn["want"]?.array ?? []).isEmpty
                        if wants || changed, said != "And delete the other one" {
                            #expect(changed == wants, "\(name): \(said): \(outcome.response)")
                        }
                    }
                }
            }
        }
    }

    private static func tasks(_ fixture: TurnFixture) async throws -> [Todo] {
        try await fixture.databases.read(fixture.account, orEmpty: []) { try $0.todos(TodoQuery(status: .all)).items }
    }

    /// Returns the stream of a recorded answer.
    private static func reply(_ answer: JSONValue) -> ScriptedReply {
        var delta: JSONObject = ["role": "assistant", "content": answer["content"] ?? .null]
        if let calls = answer["calls"]?.array {
            delta["tool_calls"] = .array(
                calls.enumerated().map { index, call in
                    ["index": .integer(index), "id": .string("call_\(index)"), "type": "function", "function": call]
                })
        }
        func chunk(_ delta: JSONObject, _ finish: JSONValue) -> String {
            let choice: JSONValue = ["index": 0, "delta": .object(delta), "finish_reason": finish]
            let value: JSONValue = [
                "id": "recorded", "object": "chat.completion.chunk", "model": "small", "choices": [choice],
            ]
            return value.text
        }
        return .events(chunk(delta, .null), chunk([:], answer["finish"] ?? "stop"), "[DONE]")
    }
}
