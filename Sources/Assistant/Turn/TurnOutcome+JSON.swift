package import JSON
import ProviderKit
import TodoStore

extension TurnOutcome {
    /// The answer of `POST /api/{user_id}/chat`, as it is stored for a replay, too.
    package var json: JSONValue {
        [
            "conversation_id": .integer(id.conversation), "turn_id": .integer(id.turn),
            "response": .string(response), "tool_calls": .array(toolCalls.map(\.json)),
            "provider": .string(provider), "model": .string(model),
            "usage": usage?.json ?? .null,
        ]
    }
}

extension StoredToolCall {
    package var json: JSONValue {
        ["id": .string(id), "tool": .string(tool), "arguments": .object(arguments), "result": result]
    }
}

extension TokenUsage {
    package var json: JSONValue {
        var members: JSONObject = [
            "input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens),
        ]
        members["cached_input_tokens"] = cachedInputTokens.map { .integer($0) }
        members["cost"] = cost.map { .number($0) }
        return .object(members)
    }
}

extension TokenUsage {
    init(_ usage: TurnUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}

extension TurnUsage {
    init(_ usage: TokenUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}
