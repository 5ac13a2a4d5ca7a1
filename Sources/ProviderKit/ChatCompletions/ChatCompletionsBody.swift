package import JSON
import Text

/// The body of a request in the format of OpenAI's chat completions.
package struct ChatCompletionsBody {
    private let dialect: ChatCompletionsDialect
    private var ids: SentCallIDs

    package static func encode(_ request: ChatRequest, model: String, dialect: ChatCompletionsDialect) -> JSONValue {
        var body = ChatCompletionsBody(dialect: dialect)
        return body.encode(request, model: model)
    }

    private init(dialect: ChatCompletionsDialect) {
        self.dialect = dialect
        let limit = dialect.longestCallID
        ids = SentCallIDs { $0.prefix(bytes: limit) }
    }

    private mutating func encode(_ request: ChatRequest, model: String) -> JSONValue {
        var object: JSONObject = ["model": .string(model)]
        for member in dialect.fixedMembers.members { object[member.name] = member.value }
        object["stream"] = true
        if let limit = request.maxOutputTokens { object[dialect.tokenLimitField] = .integer(limit) }
        object["messages"] = .array(request.messages.map { message($0) })
        // The tools are sent with every request of a turn, because some routers check each time that the model supports
        // them.
        if !request.tools.isEmpty { object["tools"] = .array(request.tools.map(Self.tool)) }
        return .object(object)
    }

    private mutating func message(_ message: ChatMessage) -> JSONValue {
        switch message {
        case .system(let text): return ["role": "system", "content": .string(text)]
        case .user(let text): return ["role": "user", "content": .string(text)]
        case .assistant(let message): return assistant(message)
        case .tool(let result):
            let id = ids.id(ofResult: result.callID)
            return ["role": "tool", "tool_call_id": .string(id), "content": .string(result.content)]
        }
    }

    private mutating func assistant(_ message: AssistantMessage) -> JSONValue {
        // Some servers refuse an empty text beside tool calls.
        let content = message.content.isEmpty && !message.toolCalls.isEmpty ? nil : message.content
        var object: JSONObject = ["role": "assistant", "content": content.map { .string($0) } ?? .null]
        ids.beginMessage()
        if !message.toolCalls.isEmpty { object["tool_calls"] = .array(message.toolCalls.map { call($0) }) }
        for name in dialect.messageEcho { object[name] = message.opaque?[name] }
        return .object(object)
    }

    private mutating func call(_ call: ToolCall) -> JSONValue {
        let id = ids.id(ofCall: call.id)
        // Never empty, because servers parse it.
        let arguments = JSONValue.object(call.arguments).text
        var object: JSONObject = [
            "id": .string(id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
        for name in dialect.callEcho { object[name] = call.opaque?[name] }
        return .object(object)
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description),
                "parameters": .object(tool.parameters),
            ],
        ]
    }
}
