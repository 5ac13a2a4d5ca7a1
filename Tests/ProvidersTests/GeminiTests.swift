import Gemini
import JSON
import ProviderKit
import TestSupport
import Testing

@Suite struct GeminiTests {
    private let end = #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#
    private let own = ToolCall(
        id: "a", name: "undo", arguments: [:], opaque: ["extra_content": ["google": ["thought_signature": "SIG=="]]])
    private let foreign = ToolCall(id: "b", name: "undo", arguments: [:])

    private func sentCalls(_ model: String) async throws -> [JSONValue?] {
        let history: [ChatMessage] = [own, foreign].flatMap { call -> [ChatMessage] in
            [
                .assistant(AssistantMessage(content: "", toolCalls: [call, foreign])),
                .tool(ToolResult(callID: call.id, tool: "undo", content: "{}")),
                .tool(ToolResult(callID: "b", tool: "undo", content: "{}")),
            ]
        }
        let call = try await AdapterCall(GeminiProvider.self, history, model: model, reply: .events(end))
        let messages = call.request?.json["messages"]?.array ?? []
        return messages.flatMap { $0["tool_calls"]?.array ?? [] }.map {
            $0["extra_content"]?["google"]?["thought_signature"]
        }
    }

    @Test("A signature goes back with its call, and the first of a foreign message gets the placeholder")
    func signatures() async throws {
        let placeholder: JSONValue = "skip_thought_signature_validator"
        #expect(try await sentCalls("gemini-3-flash") == ["SIG==", nil, placeholder, nil])
        #expect(try await sentCalls("gemini-flash-latest") == ["SIG==", nil, placeholder, nil])
        #expect(try await sentCalls("gemini-2.5-flash") == ["SIG==", nil, nil, nil])
    }

    @Test("A signature in LiteLLM's place goes back there, and no placeholder with it")
    func proxied() async throws {
        let fields: JSONValue = ["thought_signature": "SIG=="]
        let signed = ToolCall(id: "a", name: "undo", arguments: [:], opaque: ["provider_specific_fields": fields])
        let history: [ChatMessage] = [
            .assistant(AssistantMessage(content: "", toolCalls: [signed])),
            .tool(ToolResult(callID: "a", tool: "undo", content: "{}")),
        ]
        let reply = ScriptedReply.events(
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"undo","arguments":"{}"},"provider_specific_fields":{"thought_signature":"SIG=="}}]},"finish_reason":"tool_calls"}]}"#
        )
        let call = try await AdapterCall(GeminiProvider.self, history, model: "gemini-3-flash", reply: reply)
        let sent = call.request?.json["messages"]?.array?.first?["tool_calls"]?.array?.first
        #expect(sent?["provider_specific_fields"] == fields)
        #expect(sent?["extra_content"] == nil)
        #expect(call.outcome.completion?.message.toolCalls.map(\.opaque) == [signed.opaque])
    }

    @Test("A request has no member that Google does not know")
    func members() async throws {
        let tool = ToolDefinition(name: "undo", description: "d", parameters: ["type": "object"])
        let call = try await AdapterCall(
            GeminiProvider.self, tools: [tool], options: ProviderSettings(options: ["reasoning_effort": "low"]),
            reply: .events(end))
        let known: Set<String> = ["model", "messages", "tools", "stream", "stream_options", "reasoning_effort"]
        #expect(Set(call.request?.json.object?.names ?? []) == known)
    }

    @Test("A signature that comes with a call, or after it, is kept with it")
    func keepsSignatures() async throws {
        let signature = #""extra_content":{"google":{"thought_signature":"SIG=="}}"#
        let function = #""function":{"name":"undo","arguments":"{}"}"#
        func chunk(_ call: String, _ finish: String = "null") -> String {
            #"{"choices":[{"delta":{"tool_calls":[{\#(call)}]},"finish_reason":\#(finish)}]}"#
        }
        let streams = [
            [chunk("\(signature),\(function)", #""stop""#)],
            [chunk(function), chunk(signature), #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#],
        ]
        for stream in streams {
            let reply = ScriptedReply.stream(stream.map { .send("data: \($0)\n\n") })
            let call = try await AdapterCall(GeminiProvider.self, reply: reply)
            let calls = call.outcome.completion?.message.toolCalls ?? []
            #expect(calls.map(\.opaque) == [own.opaque])
        }
    }

    @Test("An error in an array is read, with the wait in its body", arguments: [429, 200])
    func errors(_ status: Int) async throws {
        let body = #"""
            [{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED","details":[
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}]
            """#
        let call = try await AdapterCall(GeminiProvider.self, reply: .body(status, body))
        #expect(call.outcome.error?.kind == .rateLimited)
        #expect(call.outcome.error?.retryAfter == .milliseconds(34_400))
    }
}
