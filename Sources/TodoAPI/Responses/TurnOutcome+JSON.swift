import Assistant
import JSON
import ProviderKit
import TodoStore

extension TurnOutcome {
    /// The response body of `POST /api/{user_id}/chat`.
    var json: JSONValue {
        [
            "conversation_id": .integer(id.conversation), "turn_id": .integer(id.turn),
            "response": .string(response), "tool_calls": .array(toolCalls.map(\.json)),
            "provider": .string(provider), "model": .string(model),
            "usage": usage?.json ?? .null,
        ]
    }
}

extension StoredMessage.ToolCall {
    var json: JSONValue {
        ["id": .string(id), "tool": .string(tool), "arguments": .object(arguments), "result": result]
    }
}

extension TokenUsage {
    var json: JSONValue {
        var members: JSONObject = [
            "input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens),
        ]
        members["cached_input_tokens"] = cachedInputTokens.map { .integer($0) }
        members["cost"] = cost.map { .number($0) }
        return .object(members)
    }
}
