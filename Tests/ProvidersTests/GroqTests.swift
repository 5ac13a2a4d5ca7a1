import Groq
import JSON
import ProviderKit
import TestSupport
import Testing

@Suite struct GroqTests {
    private static func failure(_ generation: JSONValue) -> String {
        let error: JSONObject = [
            "message": "Failed to call a function. Please adjust your prompt.", "type": "invalid_request_error",
            "code": "tool_use_failed", "failed_generation": generation,
        ]
        return JSONValue.object(["error": .object(error)]).text
    }

    private static let dialects: [JSONValue] = [
        #"<function=add_task={"title": "buy milk"}</function>"#,
        #"<function=add_task>{"title": "buy milk"}</function>"#,
        #"<function=add_task>{"title": "buy milk"}"#, #"add_task{"title": "buy milk"}</function>"#,
        #"<tool_call>{"name": "add_task", "arguments": {"title": "buy milk"}}</tool_call>"#,
        #"{"name": "add_task", "parameters": {"title": "buy milk"}}"#,
        .string(
            """
            ```json
            {"tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "add_task", \
            "arguments": "{\\"title\\": \\"buy milk\\"}"}}]}
            ```
            """),
    ]

    @Test("A call that Groq could not read is taken from its error, in every notation", arguments: dialects)
    func rescue(_ generation: JSONValue) async throws {
        let refused = try await AdapterCall(GroqProvider.self, reply: .body(400, Self.failure(generation)))
        let streamed = try await AdapterCall(GroqProvider.self, reply: .events(Self.failure(generation)))
        for call in [refused, streamed] {
            let completion = try #require(call.outcome.completion)
            #expect(completion.finish == .toolCalls)
            #expect(completion.message.toolCalls.map(\.name) == ["add_task"])
            #expect(completion.message.toolCalls.map(\.arguments) == [["title": "buy milk"]])
            #expect(call.outcome.events == [.began])
        }
    }

    @Test(
        "What holds no whole call is the model's mistake, which may be tried again",
        arguments: [
            "I cannot do that.", #"<function=add_task={"title": "buy"#, #"{"name": 3}"#, #"[{"name":"a"},{"b":1}]"#, "",
            .null,
        ] as [JSONValue])
    func noRescue(_ generation: JSONValue) async throws {
        let call = try await AdapterCall(GroqProvider.self, reply: .body(400, Self.failure(generation)))
        #expect(call.outcome.error?.kind == .misbehaved)
        let verdict = RetryPolicy().verdict(
            after: try #require(call.outcome.error), retries: 0, total: 0, hasShownText: false,
            remaining: .seconds(60), chance: 0)
        #expect(verdict != .nextTarget)
    }

    @Test("A 422 may be tried once more")
    func semantic() async throws {
        let call = try await AdapterCall(GroqProvider.self, reply: .body(422, #"{"error":{"message":"no"}}"#))
        #expect(call.outcome.error?.isRetryable == true)
    }

    @Test("Usage is found under x_groq, and so is the reason of an early end")
    func xGroq() async throws {
        let text = #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#
        let usage = #"{"choices":[],"x_groq":{"id":"r","usage":{"prompt_tokens":9,"completion_tokens":3}}}"#
        let good = try await AdapterCall(GroqProvider.self, reply: .events(text, usage, "[DONE]"))
        #expect(good.outcome.completion?.usage == TokenUsage(inputTokens: 9, outputTokens: 3))
        let start = #"{"choices":[{"delta":{"content":"Hi"}}]}"#
        let bad = try await AdapterCall(
            GroqProvider.self, reply: .events(start, #"{"choices":[],"x_groq":{"error":"over capacity"}}"#))
        #expect(bad.outcome.error?.detail == "over capacity")
    }
}
