import JSON
import TestSupport

/// The upstreams' replies: answers of sixty tokens, and parts of them.
enum FaultReplies {
    static func text(_ model: String) -> String { (1...60).map { "\(model)\($0) " }.joined() }

    static func tokens(_ count: Int, _ model: String) -> [ScriptedReply.Step] {
        (1...count).map { chunk(model, ["content": .string("\(model)\($0) ")]) }
    }

    static func end(_ model: String) -> [ScriptedReply.Step] {
        let usage: JSONValue = [
            "model": .string(model), "choices": [], "usage": ["prompt_tokens": 11, "completion_tokens": 60],
        ]
        return [chunk(model, [:], finish: "stop"), .send("data: \(usage.text)\n\n")]
    }

    static let done = ScriptedReply.Step.send("data: [DONE]\n\n")

    static func answer(_ model: String) -> ScriptedReply { .stream(tokens(60, model) + end(model) + [done]) }

    static func error(_ status: Int, _ code: String = "", headers: [(name: String, value: String)] = [])
        -> ScriptedReply
    {
        let body: JSONValue = ["error": ["message": "The upstream says no.", "code": .string(code)]]
        return .body(status, body.text, headers: headers)
    }

    private static func chunk(_ model: String, _ delta: JSONValue, finish: String? = nil) -> ScriptedReply.Step {
        let reason = finish.map(JSONValue.string) ?? .null
        let chunk: JSONValue = [
            "model": .string(model), "choices": [["index": 0, "delta": delta, "finish_reason": reason]],
        ]
        return .send("data: \(chunk.text)\n\n")
    }
}
