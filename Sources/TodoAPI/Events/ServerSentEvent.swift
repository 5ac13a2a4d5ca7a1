import Assistant
import JSON
import NIOCore
import TodoStore

/// The events of a chat as bytes: `event: T` and a JSON object with `"type": T`.
enum ServerSentEvent {
    /// A comment, which keeps proxies from closing a silent stream.
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

    static func done(_ outcome: TurnOutcome) -> ByteBuffer {
        event(
            "done",
            [
                "provider": .string(outcome.provider), "model": .string(outcome.model),
                "usage": outcome.usage?.json ?? .null,
            ])
    }

    static func error(_ problem: Problem) -> ByteBuffer {
        event(
            "error",
            [
                "code": .string(problem.code.rawValue), "message": .string(problem.detail),
                "retryable": .bool(problem.code.isRetryable),
            ])
    }

    /// The events of an outcome that was sent before, with its text in one piece.
    static func replay(of outcome: TurnOutcome) -> ByteBuffer {
        var bytes = conversation(outcome.id)
        for call in outcome.toolCalls {
            bytes.writeImmutableBuffer(toolCall(id: call.id, tool: call.tool, arguments: call.arguments))
            bytes.writeImmutableBuffer(toolResult(id: call.id, tool: call.tool, result: call.result))
        }
        bytes.writeImmutableBuffer(message(outcome.response))
        bytes.writeImmutableBuffer(done(outcome))
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
