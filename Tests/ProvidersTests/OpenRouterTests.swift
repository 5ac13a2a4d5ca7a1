import Foundation
import JSON
import OpenRouter
import ProviderKit
import Secrets
import TestSupport
import Testing

@Suite struct OpenRouterTests {
    private func provider(
        _ upstream: ScriptedUpstream, _ transport: ProviderTransport, options: JSONObject = [:]
    ) throws -> OpenRouterProvider {
        let settings = ProviderSettings(
            model: "vendor/model:free", apiKey: Secret(utf8: "sk-or-v1-test"), baseURL: upstream.url + "/api/v1/",
            allowPrivate: true, options: options)
        return try OpenRouterProvider(settings: settings, transport: transport)
    }

    private func configurationError(_ settings: ProviderSettings) async throws -> ProviderConfigurationError? {
        try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
            do throws(ProviderConfigurationError) {
                _ = try OpenRouterProvider(settings: settings, transport: transport)
                return nil
            } catch {
                return error
            }
        }
    }

    private let end = #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#

    @Test("The request is exactly what OpenRouter wants")
    func request() async throws {
        let options: JSONObject = [
            "models": ["b/c"], "provider": ["sort": "latency", "data_collection": "deny"],
            "site_url": "https://todo.example", "app_title": "Todo",
        ]
        let request = ChatRequest(
            messages: [.system("s"), .user("u")],
            tools: [ToolDefinition(name: "undo", description: "d", parameters: ["type": "object"])],
            now: Date(timeIntervalSince1970: 0), timeZone: .gmt)
        try await ScriptedUpstream.run([.events(end, "[DONE]")]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                _ = try await provider(upstream, transport, options: options).complete(request) { _ in }
            }
            let sent = try #require(upstream.requests.first)
            #expect(sent.path == "/api/v1/chat/completions")
            #expect(sent.header("authorization") == "Bearer sk-or-v1-test")
            #expect(sent.header("http-referer") == "https://todo.example")
            #expect(sent.header("x-openrouter-title") == "Todo")
            #expect(
                sent.json == [
                    "model": "vendor/model:free", "models": ["b/c"], "stream": true,
                    "provider": ["sort": "latency", "data_collection": "deny"],
                    "messages": [["role": "system", "content": "s"], ["role": "user", "content": "u"]],
                    "tools": [
                        [
                            "type": "function",
                            "function": ["name": "undo", "description": "d", "parameters": ["type": "object"]],
                        ]
                    ],
                ])
        }
    }

    @Test("Thoughts go back as they came, without those that lost their signature")
    func reasoning() async throws {
        let thoughts: [JSONValue] = [
            ["type": "reasoning.text", "text": "kept", "format": "anthropic-claude-v1", "signature": "s"],
            ["type": "reasoning.text", "text": "lost", "format": "anthropic-claude-v1"],
            ["type": "reasoning.encrypted", "data": "x", "format": "google-gemini-v1"],
        ]
        let message = AssistantMessage(content: "x", opaque: ["reasoning_details": .array(thoughts), "else": 1])
        let empty = AssistantMessage(content: "y", opaque: ["reasoning_details": []])
        try await ScriptedUpstream.run([.events(end)]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let request = ChatRequest(
                    messages: [.assistant(message), .assistant(empty)], now: .distantPast, timeZone: .gmt)
                _ = try await provider(upstream, transport).complete(request) { _ in }
            }
            #expect(
                upstream.requests.first?.json["messages"] == [
                    ["role": "assistant", "content": "x", "reasoning_details": [thoughts[0], thoughts[2]]],
                    ["role": "assistant", "content": "y", "reasoning_details": []],
                ])
        }
    }

    @Test(
        "Settings that cannot work are refused with the key that is wrong",
        arguments: [
            (ProviderSettings(), "api_key"),
            (ProviderSettings(apiKey: Secret(utf8: "a\nb")), "api_key"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), baseURL: "http://openrouter.ai/api/v1"), "base_url"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), baseURL: "https://u:p@openrouter.ai"), "base_url"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), baseURL: "openrouter.ai"), "base_url"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), options: ["modles": []]), "modles"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), options: ["models": "a"]), "models"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), options: ["provider": ["ordre": []]]), "provider.ordre"),
            (ProviderSettings(apiKey: Secret(utf8: "k"), options: ["app_title": "a\r\nb: c"]), "app_title"),
        ] as [(ProviderSettings, String)])
    func configuration(_ settings: ProviderSettings, _ key: String) async throws {
        #expect(try await configurationError(settings)?.key == key)
    }
}
