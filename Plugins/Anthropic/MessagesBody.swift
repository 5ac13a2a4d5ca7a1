import JSON
import ProviderKit

/// The body of a request to the Messages API.
///
/// The system prompt is separate, roles alternate, and the results of all calls of a message come first in the next
/// message of the user.
struct MessagesBody {
    private var system: [String] = []
    private var messages: [(role: String, content: [JSONValue])] = []
    private var ids = SentCallIDs(acceptable: MessagesBody.acceptable)

    static func encode(_ request: ChatRequest, model: String, maxTokens: Int) -> JSONValue {
        var body = MessagesBody()
        for message in request.messages { body.add(message) }
        var object: JSONObject = [
            "model": .string(model), "max_tokens": .integer(maxTokens), "stream": true,
            "messages": .array(
                body.messages.map { ["role": .string($0.role), "content": .array($0.content)] }),
        ]
        if !body.system.isEmpty { object["system"] = .string(body.system.joined(separator: "\n\n")) }
        if !request.tools.isEmpty {
            object["tools"] = .array(
                request.tools.map {
                    [
                        "name": .string($0.name), "description": .string($0.description),
                        "input_schema": .object($0.parameters),
                    ]
                })
        } else if body.hasCalls {
            // A history with calls is refused unless their tools are defined.
            object["tools"] = .array(body.toolsOfHistory(request.messages))
            object["tool_choice"] = ["type": "none"]
        }
        return .object(object)
    }

    private mutating func add(_ message: ChatMessage) {
        switch message {
        case .system(let text): system.append(text)
        case .user(let text): append("user", Self.text(text))
        case .assistant(let message):
            // Thinking blocks come first and unchanged.
            for block in message.opaque?[MessagesDecoder.thoughts]?.array ?? [] { append("assistant", block) }
            // The API refuses blank text.
            if message.content.contains(where: { !$0.isWhitespace }) { append("assistant", Self.text(message.content)) }
            ids.beginMessage()
            for call in message.toolCalls {
                let id = ids.id(ofCall: call.id)
                append(
                    "assistant",
                    [
                        "type": "tool_use", "id": .string(id), "name": .string(call.name),
                        "input": .object(call.arguments),
                    ])
            }
        case .tool(let result):
            let id = ids.id(ofResult: result.callID)
            append(
                "user",
                ["type": "tool_result", "tool_use_id": .string(id), "content": .string(result.content)])
        }
    }

    private mutating func append(_ role: String, _ block: JSONValue) {
        if messages.last?.role == role {
            messages[messages.count - 1].content.append(block)
        } else {
            messages.append((role, [block]))
        }
    }

    private static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    private var hasCalls: Bool { !ids.isEmpty }

    private func toolsOfHistory(_ messages: [ChatMessage]) -> [JSONValue] {
        var names: Set<String> = []
        for case .assistant(let message) in messages { names.formUnion(message.toolCalls.map(\.name)) }
        return names.sorted().map { ["name": .string($0), "input_schema": ["type": "object"]] }
    }

    /// Replaces the characters that Anthropic refuses in an id; it accepts `[a-zA-Z0-9_-]+`.
    @Sendable private static func acceptable(_ id: String) -> String {
        let safe = id.unicodeScalars.map { scalar -> Character in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(scalar))
                ? Character(scalar) : "_"
        }
        return safe.isEmpty ? "call" : String(safe)
    }
}
