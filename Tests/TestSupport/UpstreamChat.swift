package import JSON

/// What an OpenAI-compatible provider streams, as `ScriptedUpstream` plays it.
package enum UpstreamChat {
    package static let model = "openai/gpt-oss-20b:free"

    /// Where the tenant's file says that its key is.
    package static let keyVariable = "ACME_OPENROUTER_API_KEY"

    /// The file of a tenant whose OpenRouter is an upstream of the test's.
    package static func tenant(_ upstream: ScriptedUpstream) -> String {
        """
        name: Acme GmbH
        provider: openrouter
        providers:
          openrouter: {api_key: "env:\(keyVariable)", base_url: "\(upstream.url)/api/v1", allow_private: true}

        """
    }

    /// An answer that calls one tool, its arguments cut into two chunks.
    package static func call(_ tool: String, _ arguments: JSONValue, id: String = "call_1") -> ScriptedReply {
        let text = arguments.text
        let middle = text.index(text.startIndex, offsetBy: text.count / 2)
        return .stream([
            chunk([
                "role": "assistant", "content": .null,
                "tool_calls": [
                    [
                        "index": 0, "id": .string(id), "type": "function",
                        "function": ["name": .string(tool), "arguments": .string(String(text[..<middle]))],
                    ]
                ],
            ]),
            chunk(["tool_calls": [["index": 0, "function": ["arguments": .string(String(text[middle...]))]]]]),
            chunk([:], finish: "tool_calls"), usage, done,
        ])
    }

    /// An answer in words, at once.
    package static func say(_ pieces: String...) -> ScriptedReply {
        .stream(pieces.map { text($0) } + ending)
    }

    /// One piece of an answer in words.
    package static func text(_ text: String) -> ScriptedReply.Step { chunk(["content": .string(text)]) }

    /// What ends an answer in words.
    package static var ending: [ScriptedReply.Step] { [chunk([:], finish: "stop"), usage, done] }

    private static func chunk(_ delta: JSONValue, finish: String? = nil) -> ScriptedReply.Step {
        event([
            "id": "gen-1", "object": "chat.completion.chunk", "model": .string(model),
            "choices": [
                ["index": 0, "delta": delta, "finish_reason": finish.map(JSONValue.string) ?? .null]
            ],
        ])
    }

    private static var usage: ScriptedReply.Step {
        event([
            "id": "gen-1", "object": "chat.completion.chunk", "model": .string(model), "choices": [],
            "usage": ["prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120],
        ])
    }

    private static var done: ScriptedReply.Step { .send("data: [DONE]\n\n") }

    private static func event(_ value: JSONValue) -> ScriptedReply.Step { .send("data: \(value.text)\n\n") }
}
