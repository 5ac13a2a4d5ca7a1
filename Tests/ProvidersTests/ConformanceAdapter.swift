import JSON
import OpenRouter
import ProviderKit
import Secrets
import TestSupport
import Testing

/// An adapter under test, and how its provider would write what the conformance suite asks for.
struct ConformanceAdapter: Sendable, CustomTestStringConvertible {
    static let key = "sk-conformance-0123456789"

    let testDescription: String
    let make: @Sendable (ScriptedUpstream, ProviderTransport) throws -> any ChatProvider
    /// One piece of the stream for each text.
    let text: @Sendable ([String]) -> [String]
    /// Whole calls: name and arguments.
    let calls: @Sendable ([(String, String)]) -> String
    /// The end of the model's message, without what may follow it.
    let endOfMessage: String
    /// The end of the whole answer from `the-model`, with usage 9 and 3.
    let end: @Sendable (_ tools: Bool) -> String
    /// The body of a refusal with this status.
    let refusal: @Sendable (Int, String) -> String
    /// An event that says that the provider is overloaded.
    let errorEvent: String

    init(
        _ name: String, make: @escaping @Sendable (ScriptedUpstream, ProviderTransport) throws -> any ChatProvider,
        text: @escaping @Sendable ([String]) -> [String], calls: @escaping @Sendable ([(String, String)]) -> String,
        endOfMessage: String, end: @escaping @Sendable (_ tools: Bool) -> String,
        refusal: @escaping @Sendable (Int, String) -> String, errorEvent: String
    ) {
        testDescription = name
        self.make = make
        self.text = text
        self.calls = calls
        self.endOfMessage = endOfMessage
        self.end = end
        self.refusal = refusal
        self.errorEvent = errorEvent
    }

    static let openRouter = chatCompletions("openrouter") { settings, transport in
        try OpenRouterProvider(settings: settings, transport: transport)
    }

    /// An adapter whose provider speaks OpenAI's chat completions.
    static func chatCompletions(
        _ name: String, make: @escaping @Sendable (ProviderSettings, ProviderTransport) throws -> any ChatProvider
    ) -> ConformanceAdapter {
        ConformanceAdapter(
            name,
            make: { upstream, transport in
                let settings = ProviderSettings(
                    model: "the-model", apiKey: Secret(utf8: key), baseURL: upstream.url, allowPrivate: true)
                return try make(settings, transport)
            },
            text: { texts in texts.map { chunk(["content": .string($0)]) } },
            calls: { calls in
                calls.enumerated().map { index, call in
                    let function: JSONValue = ["name": .string(call.0), "arguments": .string(call.1)]
                    let call: JSONValue = [
                        "index": .integer(index), "id": .string("call_\(index)"), "type": "function",
                        "function": function,
                    ]
                    return chunk(["tool_calls": [call]])
                }.joined()
            },
            endOfMessage: chunk([:], finish: "stop"),
            end: { tools in
                let usage = event(["choices": [], "usage": ["prompt_tokens": 9, "completion_tokens": 3]])
                return chunk([:], finish: tools ? "tool_calls" : "stop") + usage + "data: [DONE]\n\n"
            },
            refusal: { status, message in
                JSONValue.object(["error": ["code": .integer(status), "message": .string(message)]]).text
            },
            errorEvent: event(["error": ["code": 503, "message": "overloaded"]]))
    }

    private static func chunk(_ delta: JSONObject, finish: String? = nil) -> String {
        let reason = finish.map { JSONValue.string($0) } ?? .null
        return event([
            "model": "the-model", "choices": [["index": 0, "delta": .object(delta), "finish_reason": reason]],
        ])
    }

    private static func event(_ payload: JSONValue) -> String { "data: \(payload.text)\n\n" }
}
