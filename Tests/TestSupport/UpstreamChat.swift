package import JSON

/// Streams of an OpenAI-compatible provider, for `ScriptedUpstream`.
package enum UpstreamChat {
    package static let model = "openai/gpt-oss-20b:free"

    /// The variable that the tenant's file names for its key.
    package static let keyVariable = "ACME_OPENROUTER_API_KEY"

    /// Returns the file of a tenant whose OpenRouter is a test's upstream.
    package static func tenant(_ upstream: ScriptedUpstream) -> String {
        """
        name: Acme GmbH
        provider: openrouter
        providers:
          openrouter: {api_key: "env:\(keyVariable)", base_url: "\(upstream.url)/api/v1", allow_private: true}

        """
    }

    /// Returns an answer that calls one tool, with its arguments in two chunks.
    package static func call(
        _ tool: String, _ arguments: JSONValue, id: String = "call_1", promptTokens: Int = 100
    ) -> ScriptedReply {
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
            chunk([:], finish: "tool_calls"), usage(promptTokens), done,
        ])
    }

    /// Returns an answer of text, at once.
    package static func say(_ pieces: String..., promptTokens: Int = 100) -> ScriptedReply {
        .stream(pieces.map { text($0) } + ending(promptTokens))
    }

    /// Returns one part of an answer of text.
    package static func text(_ text: String) -> ScriptedReply.Step { chunk(["content": .string(text)]) }

    /// The end of an answer of text.
    package static var ending: [ScriptedReply.Step] { ending(100) }

    private static func ending(_ promptTokens: Int) -> [ScriptedReply.Step] {
        [chunk([:], finish: "stop"), usage(promptTokens), done]
    }

    private static func chunk(_ delta: JSONValue, finish: String? = nil) -> ScriptedReply.Step {
        event([
            "id": "gen-1", "object": "chat.completion.chunk", "model": .string(model),
            "choices": [
                ["index": 0, "delta": delta, "finish_reason": finish.map(JSONValue.string) ?? .null]
            ],
        ])
    }

    private static func usage(_ promptTokens: Int) -> ScriptedReply.Step {
        event([
            "id": "gen-1", "object": "chat.completion.chunk", "model": .string(model), "choices": [],
            "usage": ["prompt_tokens": .integer(promptTokens), "completion_tokens": 20],
        ])
    }

    private static var done: ScriptedReply.Step { .send("data: [DONE]\n\n") }

    private static func event(_ value: JSONValue) -> ScriptedReply.Step { .send("data: \(value.text)\n\n") }
}
