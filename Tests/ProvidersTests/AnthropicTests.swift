import Anthropic
import JSON
import ProviderKit
import Secrets
import TestSupport
import Testing

@Suite struct AnthropicTests {
    private let tools = [ToolDefinition(name: "undo", description: "d", parameters: ["type": "object"])]
    private let done = ScriptedReply.body(
        200,
        #"""
        {"type":"message","model":"claude-x","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn",
        "usage":{"input_tokens":5,"cache_creation_input_tokens":10,"cache_read_input_tokens":20,"output_tokens":2}}
        """#)

    @Test("The request is what the Messages API wants: roles alternate, results come first and together")
    func request() async throws {
        let calls = ["same", "same", "b|c"].map { ToolCall(id: $0, name: "undo", arguments: [:]) }
        let thought: JSONValue = ["type": "thinking", "thinking": "hm", "signature": "SIG=="]
        let call = try await AdapterCall(
            AnthropicProvider.self,
            [
                .system("s"), .user("u"),
                .assistant(
                    AssistantMessage(
                        content: "", toolCalls: [calls[0], calls[2]], opaque: ["thinking_blocks": [thought]])),
                .tool(ToolResult(callID: "same", tool: "undo", content: "1")),
                .tool(ToolResult(callID: "b|c", tool: "undo", content: "2")),
                .assistant(AssistantMessage(content: "again", toolCalls: [calls[1]])),
                .tool(ToolResult(callID: "same", tool: "undo", content: "3")), .user("next"),
            ], tools: tools, reply: done)
        let sent = try #require(call.request)
        #expect(sent.path == "/messages")
        #expect(sent.header("x-api-key") == ConformanceAdapter.key)
        #expect(sent.header("anthropic-version") == "2023-06-01")
        #expect(sent.header("authorization") == nil)
        func use(_ id: JSONValue) -> JSONValue { ["type": "tool_use", "id": id, "name": "undo", "input": [:]] }
        func result(_ id: JSONValue, _ text: JSONValue) -> JSONValue {
            ["type": "tool_result", "tool_use_id": id, "content": text]
        }
        #expect(
            sent.json == [
                "model": "the-model", "max_tokens": 4096, "stream": true,
                "messages": [
                    ["role": "user", "content": [["type": "text", "text": "u"]]],
                    ["role": "assistant", "content": [thought, use("same"), use("b_c")]],
                    ["role": "user", "content": [result("same", "1"), result("b_c", "2")]],
                    ["role": "assistant", "content": [["type": "text", "text": "again"], use("2_same")]],
                    ["role": "user", "content": [result("2_same", "3"), ["type": "text", "text": "next"]]],
                ],
                "system": "s", "tools": [["name": "undo", "description": "d", "input_schema": ["type": "object"]]],
            ])
    }

    @Test("A history with calls names its tools even where none are offered")
    func lastRound() async throws {
        let history: [ChatMessage] = [
            .user("u"),
            .assistant(AssistantMessage(content: "", toolCalls: [ToolCall(id: "a", name: "undo", arguments: [:])])),
            .tool(ToolResult(callID: "a", tool: "undo", content: "{}")),
        ]
        let call = try await AdapterCall(AnthropicProvider.self, history, reply: done)
        #expect(call.request?.json["tools"] == [["name": "undo", "input_schema": ["type": "object"]]])
        #expect(call.request?.json["tool_choice"] == ["type": "none"])
    }

    @Test("An answer in one piece counts the tokens of the cache as input")
    func usage() async throws {
        let completion = try await AdapterCall(AnthropicProvider.self, reply: done).outcome.completion
        #expect(completion?.usage == TokenUsage(inputTokens: 35, outputTokens: 2, cachedInputTokens: 20))
        #expect(completion?.model == "claude-x")
    }

    @Test("Counts that cannot be meant are no usage")
    func absurdUsage() async throws {
        let reply = ScriptedReply.body(
            200,
            #"""
            {"content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"output_tokens":2,
            "input_tokens":\#(Int.max),"cache_creation_input_tokens":\#(Int.max),"cache_read_input_tokens":1}}
            """#)
        let completion = try await AdapterCall(AnthropicProvider.self, reply: reply).outcome.completion
        #expect(completion?.usage == TokenUsage(inputTokens: 0, outputTokens: 2))
    }

    @Test("A message that goes on after its stop_reason has not ended there", arguments: [false, true])
    func goesOn(_ isDamaged: Bool) async throws {
        let end = #"{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"#
        let call = #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"undo"}}"#
        let reply = ScriptedReply.events(end, isDamaged ? "{" : #"{"type":"ping"}"#, call, end)
        let outcome = try await AdapterCall(AnthropicProvider.self, reply: reply).outcome
        #expect(outcome.completion?.message.toolCalls.count == (isDamaged ? nil : 1))
        let cut = try await AdapterCall(AnthropicProvider.self, reply: .events(end, call)).outcome
        #expect(cut.error?.kind == .truncated)
    }

    @Test("Thoughts are kept with their signature, and are no text")
    func thoughts() async throws {
        let call = try await AdapterCall(
            AnthropicProvider.self,
            reply: .events(
                #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"h"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG"}}"#,
                #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}"#,
                #"{"type":"message_stop"}"#))
        let thought: JSONValue = ["type": "thinking", "thinking": "hm", "signature": "SIG"]
        #expect(
            call.outcome.completion?.message
                == AssistantMessage(content: "Hi", opaque: ["thinking_blocks": [thought]]))
        #expect(call.outcome.events == [.began, .text("Hi")])
    }

    @Test(
        "How a message ends decides what it is",
        arguments: [
            ("max_tokens", .length, nil), ("refusal", .contentFilter, nil), ("stop_sequence", .stop, nil),
            ("pause_turn", .stop, nil), ("something_new", .stop, nil),
        ] as [(String, FinishReason, ProviderError.Kind?)])
    func stopReasons(_ reason: String, _ finish: FinishReason, _ none: ProviderError.Kind?) async throws {
        let text = #"{"type":"text","text":"Hi"}"#
        func body(_ blocks: String) -> ScriptedReply {
            .body(200, #"{"type":"message","content":[\#(blocks)],"stop_reason":"\#(reason)"}"#)
        }
        #expect(try await AdapterCall(AnthropicProvider.self, reply: body(text)).outcome.completion?.finish == finish)
        guard reason != "stop_sequence", reason != "refusal" else { return }
        // Calls run only when the message ended with a known reason.
        let call = #"{"type":"tool_use","id":"a","name":"undo","input":{}}"#
        let outcome = try await AdapterCall(AnthropicProvider.self, reply: body(call)).outcome
        #expect(outcome.error != nil)
    }

    @Test("A spend limit is money, however it is numbered")
    func money() async throws {
        let body = #"""
            {"type":"error","error":{"type":"rate_limit_error","message":"no",
            "details":{"error_code":"enforced_spend_limit_reached"}}}
            """#
        let call = try await AdapterCall(AnthropicProvider.self, reply: .body(429, body))
        #expect(call.outcome.error?.kind == .credit)
    }

    @Test(
        "Wrong settings are refused with their key",
        arguments: [["max_tokens": 0], ["max_tokens": "many"], ["x": 1]] as [JSONObject])
    func settings(_ options: JSONObject) async throws {
        try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
            let error = #expect(throws: ProviderConfigurationError.self) {
                try AnthropicProvider(
                    settings: ProviderSettings(apiKey: Secret(utf8: "k"), options: options), transport: transport)
            }
            #expect(error?.key == options.names.first)
        }
    }
}
