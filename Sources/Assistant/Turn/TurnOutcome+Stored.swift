import JSON
import ProviderKit
import TodoStore

/// The form in which an outcome is stored for a repetition of its request.
///
/// The members are those that every version has stored. They are independent of what a front sends to its clients: a
/// change here needs a migration, or a reader of both forms.
extension TurnOutcome {
    var stored: JSONValue {
        [
            "conversation_id": .integer(id.conversation), "turn_id": .integer(id.turn),
            "response": .string(response),
            "tool_calls": .array(
                toolCalls.map { call in
                    [
                        "id": .string(call.id), "tool": .string(call.tool), "arguments": .object(call.arguments),
                        "result": call.result,
                    ]
                }),
            "provider": .string(provider), "model": .string(model),
            "usage": usage?.stored ?? .null,
        ]
    }

    /// - Throws: `StoreError.corrupt`.
    init(stored json: JSONValue) throws {
        guard let conversation = json["conversation_id"]?.integer, let turn = json["turn_id"]?.integer,
            let response = json["response"]?.string, let calls = json["tool_calls"]?.array,
            let provider = json["provider"]?.string, let model = json["model"]?.string, let usage = json["usage"]
        else { throw StoreError.corrupt }
        self.init(
            id: TurnID(conversation: conversation, turn: turn), response: response,
            toolCalls: try calls.map { try StoredMessage.ToolCall(stored: $0) }, provider: provider, model: model,
            usage: usage == .null ? nil : try TokenUsage(stored: usage))
    }
}

extension StoredMessage.ToolCall {
    fileprivate init(stored json: JSONValue) throws {
        guard let id = json["id"]?.string, let tool = json["tool"]?.string,
            let arguments = json["arguments"]?.object, let result = json["result"]
        else { throw StoreError.corrupt }
        self.init(id: id, tool: tool, arguments: arguments, result: result)
    }
}

extension TokenUsage {
    fileprivate var stored: JSONValue {
        var members: JSONObject = [
            "input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens),
        ]
        members["cached_input_tokens"] = cachedInputTokens.map { .integer($0) }
        members["cost"] = cost.map { .number($0) }
        return .object(members)
    }

    fileprivate init(stored json: JSONValue) throws {
        guard let input = json["input_tokens"]?.integer, let output = json["output_tokens"]?.integer else {
            throw StoreError.corrupt
        }
        self.init(
            inputTokens: input, outputTokens: output, cachedInputTokens: json["cached_input_tokens"]?.integer,
            cost: json["cost"]?.number)
    }
}
