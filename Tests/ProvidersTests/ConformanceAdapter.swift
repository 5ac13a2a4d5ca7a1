import Anthropic
import Gemini
import Groq
import JSON
import OpenAI
import OpenAICompatible
import OpenRouter
import ProviderKit
import Secrets
import TestSupport
import Testing

/// An adapter under test, and the wire format of its provider for the cases of the conformance suite.
struct ConformanceAdapter: Sendable, CustomTestStringConvertible {
    static let key = "sk-conformance-0123456789"

    let testDescription: String
    let make: @Sendable (ScriptedUpstream, ProviderTransport) throws -> any ChatProvider
    /// Returns one event for each text.
    let text: @Sendable ([String]) -> [String]
    /// Returns complete calls with names and arguments.
    let calls: @Sendable ([(String, String)]) -> String
    /// Returns the same calls with the arguments in several parts.
    let callPieces: @Sendable ([(String, String)]) -> String
    /// The end of the model's message, without what may follow it.
    let endOfMessage: String
    /// The end of a message that was cut off at the token limit.
    let endAtLimit: String
    /// The end of the whole answer from `the-model`, with usage 9 and 3.
    let end: @Sendable (_ tools: Bool) -> String
    /// Returns the body of an error with this status.
    let refusal: @Sendable (Int, String) -> String
    /// An event with the error that the provider is overloaded.
    let errorEvent: String

    init(
        _ name: String, make: @escaping @Sendable (ScriptedUpstream, ProviderTransport) throws -> any ChatProvider,
        text: @escaping @Sendable ([String]) -> [String], calls: @escaping @Sendable ([(String, String)]) -> String,
        callPieces: @escaping @Sendable ([(String, String)]) -> String, endOfMessage: String, endAtLimit: String,
        end: @escaping @Sendable (_ tools: Bool) -> String,
        refusal: @escaping @Sendable (Int, String) -> String, errorEvent: String
    ) {
        testDescription = name
        self.make = make
        self.text = text
        self.calls = calls
        self.callPieces = callPieces
        self.endOfMessage = endOfMessage
        self.endAtLimit = endAtLimit
        self.end = end
        self.refusal = refusal
        self.errorEvent = errorEvent
    }

    /// All HTTP adapters; a new one for chat completions is one more line.
    static let all: [ConformanceAdapter] = [
        chatCompletions(OpenRouterProvider.self), chatCompletions(OpenAIProvider.self),
        chatCompletions(GeminiProvider.self), chatCompletions(GroqProvider.self),
        chatCompletions(OpenAICompatibleProvider.self), .anthropic,
    ]

    /// Returns the settings for every adapter.
    static func settings(_ upstream: ScriptedUpstream) -> ProviderSettings {
        ProviderSettings(model: "the-model", apiKey: Secret(utf8: key), baseURL: upstream.url, allowPrivate: true)
    }

    /// Creates the case of an adapter for OpenAI's chat completions.
    static func chatCompletions<Provider: ChatProvider>(_: Provider.Type) -> ConformanceAdapter {
        ConformanceAdapter(
            Provider.descriptor.id,
            make: { upstream, transport in try Provider(settings: settings(upstream), transport: transport) },
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
            callPieces: { calls in
                calls.enumerated().map { index, call in
                    let head: JSONValue = [
                        "index": .integer(index), "id": .string("call_\(index)"), "type": "function",
                        "function": ["name": .string(call.0), "arguments": ""],
                    ]
                    let pieces = call.1.map { piece -> String in
                        let function: JSONValue = ["arguments": .string(String(piece))]
                        return chunk(["tool_calls": [["index": .integer(index), "function": function]]])
                    }
                    return chunk(["tool_calls": [head]]) + pieces.joined()
                }.joined()
            },
            endOfMessage: chunk([:], finish: "stop"), endAtLimit: chunk([:], finish: "length") + "data: [DONE]\n\n",
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
