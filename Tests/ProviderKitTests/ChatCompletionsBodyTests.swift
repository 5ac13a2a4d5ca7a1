import Foundation
import JSON
import ProviderKit
import Testing

@Suite struct ChatCompletionsBodyTests {
    private func encode(
        _ messages: [ChatMessage], tools: [ToolDefinition] = [], dialect: ChatCompletionsDialect = .init(),
        limit: Int? = nil
    ) -> JSONValue {
        let request = ChatRequest(
            messages: messages, tools: tools, now: .distantPast, timeZone: .gmt, maxOutputTokens: limit)
        return ChatCompletionsBody.encode(request, model: "m", dialect: dialect)
    }

    @Test("A conversation reads as the server wants it")
    func conversation() {
        let call = ToolCall(id: "a", name: "undo", arguments: [:], opaque: ["extra_content": 1, "other": 2])
        let messages: [ChatMessage] = [
            .system("s"), .user("u"), .assistant(AssistantMessage(content: "", toolCalls: [call])),
            .tool(ToolResult(callID: "a", tool: "undo", content: "{}")), .assistant(AssistantMessage(content: "done")),
        ]
        let tool = ToolDefinition(name: "undo", description: "d", parameters: ["type": "object"])
        #expect(
            encode(messages, tools: [tool], limit: 9) == [
                "model": "m", "stream": true, "max_tokens": 9,
                "messages": [
                    ["role": "system", "content": "s"], ["role": "user", "content": "u"],
                    [
                        "role": "assistant", "content": nil,
                        "tool_calls": [
                            [
                                "id": "a", "type": "function", "function": ["name": "undo", "arguments": "{}"],
                                "extra_content": 1,
                            ]
                        ],
                    ],
                    ["role": "tool", "tool_call_id": "a", "content": "{}"],
                    ["role": "assistant", "content": "done"],
                ],
                "tools": [
                    [
                        "type": "function",
                        "function": ["name": "undo", "description": "d", "parameters": ["type": "object"]],
                    ]
                ],
            ])
    }

    @Test("Ids that occur again get others, and so do their results")
    func duplicateIDs() {
        let turn: [ChatMessage] = [
            .assistant(
                AssistantMessage(content: "", toolCalls: [ToolCall(id: "call_0", name: "undo", arguments: [:])])),
            .tool(ToolResult(callID: "call_0", tool: "undo", content: "{}")),
        ]
        let messages = encode(turn + turn)["messages"]?.array ?? []
        let ids = messages.map { $0["tool_call_id"] ?? $0["tool_calls"]?.array?.first?["id"] }
        #expect(ids == ["call_0", "call_0", "2_call_0", "2_call_0"])
    }

    @Test("Ids that are longer than the server takes are cut, and stay apart")
    func longIDs() {
        let long = String(repeating: "x", count: 100)
        let calls = ["\(long)1", "\(long)2"].map { ToolCall(id: $0, name: "undo", arguments: [:]) }
        let turn: [ChatMessage] =
            [.assistant(AssistantMessage(content: "", toolCalls: calls))]
            + calls.map { .tool(ToolResult(callID: $0.id, tool: "undo", content: "{}")) }
        let messages = encode(turn, dialect: ChatCompletionsDialect(longestCallID: 40))["messages"]?.array ?? []
        let sent = messages.first?["tool_calls"]?.array?.compactMap { $0["id"]?.string } ?? []
        #expect(sent.map(\.count) == [40, 40])
        #expect(Set(sent).count == 2)
        #expect(messages.dropFirst().map { $0["tool_call_id"]?.string } == sent)
    }

    @Test("Only the fields of the dialect are sent back, an empty list too")
    func echo() {
        let message = AssistantMessage(content: "x", opaque: ["reasoning_details": [], "other": 1])
        let dialect = ChatCompletionsDialect(
            messageEcho: ["reasoning_details"], tokenLimitField: "max_completion_tokens",
            fixedMembers: ["models": ["b"]])
        #expect(
            encode([.assistant(message)], dialect: dialect, limit: 5) == [
                "model": "m", "models": ["b"], "stream": true, "max_completion_tokens": 5,
                "messages": [["role": "assistant", "content": "x", "reasoning_details": []]],
            ])
    }
}
