import Foundation
import JSON
import OpenAI
import OpenAICompatible
import ProviderKit
import Secrets
import TestSupport
import Testing

@Suite struct OpenAITests {
    private let end = #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#

    @Test("The request asks for usage, and says who pays")
    func request() async throws {
        let options: JSONObject = ["organization": "org-1", "project": "proj_1", "reasoning_effort": "low"]
        let call = try await AdapterCall(
            OpenAIProvider.self, options: ProviderSettings(options: options), reply: .events(end))
        let sent = try #require(call.request)
        #expect(sent.path == "/chat/completions")
        #expect(sent.header("openai-organization") == "org-1")
        #expect(sent.header("openai-project") == "proj_1")
        #expect(
            sent.json == [
                "model": "the-model", "stream_options": ["include_usage": true], "reasoning_effort": "low",
                "stream": true, "messages": [["role": "user", "content": "Hi"]],
            ])
    }

    @Test("x-should-retry has the last word", arguments: [true, false])
    func shouldRetry(_ word: Bool) async throws {
        let reply = ScriptedReply.body(503, "{}", headers: [("x-should-retry", "\(word)")])
        #expect(try await AdapterCall(OpenAIProvider.self, reply: reply).outcome.error?.isRetryable == word)
    }

    @Test("A server of one's own gets a key only where there is one")
    func noKey() async throws {
        try await ScriptedUpstream.run([.events(end)]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let settings = ProviderSettings(model: "m", baseURL: upstream.url, allowPrivate: true)
                let provider = try OpenAICompatibleProvider(settings: settings, transport: transport)
                _ = await ConformanceOutcome(
                    provider, ChatRequest(messages: [.user("Hi")], now: .distantPast, timeZone: .gmt))
            }
            #expect(upstream.requests.first?.header("authorization") == nil)
        }
    }

    @Test("A call written as text is a call only where that was asked for", arguments: [true, false])
    func textCalls(_ rescues: Bool) async throws {
        let text =
            #"{"choices":[{"delta":{"content":"<tool_call>{\"name\":\"undo\"}</tool_call>"},"finish_reason":"stop"}]}"#
        let call = try await AdapterCall(
            OpenAICompatibleProvider.self,
            options: ProviderSettings(options: ["rescue_text_calls": .bool(rescues), "stream_usage": false]),
            reply: .events(text))
        #expect(call.outcome.completion?.message.toolCalls.count == (rescues ? 1 : 0))
        #expect(call.request?.json["stream_options"] == nil)
    }

    @Test("A server of one's own needs its address and its model")
    func missing() async throws {
        try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
            for (settings, key) in [
                (ProviderSettings(model: "m"), "base_url"),
                (ProviderSettings(baseURL: "https://llm.example/v1"), "model"),
                (ProviderSettings(model: "m", baseURL: "http://llm.example/v1"), "base_url"),
            ] {
                let error = #expect(throws: ProviderConfigurationError.self) {
                    try OpenAICompatibleProvider(settings: settings, transport: transport)
                }
                #expect(error?.key == key)
            }
        }
    }
}
