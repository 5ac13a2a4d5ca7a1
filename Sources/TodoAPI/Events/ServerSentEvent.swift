import Assistant
import JSON
import NIOCore

/// The events of a chat as their bytes: `event: T` and a JSON object with `"type": T`.
enum ServerSentEvent {
    /// A comment, which keeps proxies from giving up on a silent stream.
    static let heartbeat = ByteBuffer(staticString: ": alive\n\n")

    static func conversation(_ id: TurnID) -> ByteBuffer {
        event("conversation", ["conversation_id": .integer(id.conversation), "turn_id": .integer(id.turn)])
    }

    static func message(_ text: String) -> ByteBuffer { event("message", ["content": .string(text)]) }

    static func toolCall(id: String, tool: String, arguments: JSONObject) -> ByteBuffer {
        event("tool_call", ["id": .string(id), "tool": .string(tool), "arguments": .object(arguments)])
    }

    static func toolResult(id: String, tool: String, result: JSONValue) -> ByteBuffer {
        event("tool_result", ["id": .string(id), "tool": .string(tool), "result": result])
    }

    static func restart(reason: String) -> ByteBuffer { event("restart", ["reason": .string(reason)]) }

    static func done(provider: JSONValue, model: JSONValue, usage: JSONValue) -> ByteBuffer {
        event("done", ["provider": provider, "model": model, "usage": usage])
    }

    static func error(_ problem: Problem) -> ByteBuffer {
        event(
            "error",
            [
                "code": .string(problem.code.rawValue), "message": .string(problem.detail),
                "retryable": .bool(problem.code.isRetryable),
            ])
    }

    /// An answer that was given before: the same events, with its text in one piece.
    static func replay(of body: JSONValue) -> ByteBuffer {
        var bytes = event(
            "conversation",
            ["conversation_id": body["conversation_id"] ?? .null, "turn_id": body["turn_id"] ?? .null])
        for call in body["tool_calls"]?.array ?? [] {
            let (id, tool) = (call["id"]?.string ?? "", call["tool"]?.string ?? "")
            bytes.writeImmutableBuffer(toolCall(id: id, tool: tool, arguments: call["arguments"]?.object ?? [:]))
            bytes.writeImmutableBuffer(toolResult(id: id, tool: tool, result: call["result"] ?? .null))
        }
        bytes.writeImmutableBuffer(message(body["response"]?.string ?? ""))
        bytes.writeImmutableBuffer(
            done(
                provider: body["provider"] ?? .null, model: body["model"] ?? .null, usage: body["usage"] ?? .null))
        return bytes
    }

    private static func event(_ type: StaticString, _ members: JSONObject) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.writeStaticString("event: ")
        bytes.writeStaticString(type)
        bytes.writeStaticString("\ndata: ")
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("type")
        writer.write("\(type)")
        for member in members.members {
            writer.name(escaping: member.name)
            writer.write(member.value)
        }
        writer.endObject()
        bytes.writeImmutableBuffer(writer.buffer)
        bytes.writeStaticString("\n\n")
        return bytes
    }
}
