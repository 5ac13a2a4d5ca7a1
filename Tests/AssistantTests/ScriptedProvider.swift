import Foundation
import JSON
import ProviderKit
import Synchronization

/// A provider that returns scripted replies and records its requests.
struct ScriptedProvider: ChatProvider {
    static let descriptor = ProviderDescriptor(
        id: "scripted", name: "Scripted", summary: "Says what it is told.", defaultModel: "script")

    enum Reply: Sendable {
        case say(String)
        case call([ToolCall])
        case fail(ProviderError, afterText: String = "")
        /// Ends with a reason other than the model's own.
        case end(String, FinishReason)
        /// Emits the text, of which only the beginning is the answer.
        case shorten(String, to: String)
        /// Emits the text, then nothing until cancelled.
        case stall(afterText: String)
    }

    final class Script: Sendable {
        private let state: Mutex<(replies: [Reply], requests: [ChatRequest])>
        init(_ replies: [Reply]) { state = Mutex((replies, [])) }
        var requests: [ChatRequest] { state.withLock { $0.requests } }
        func next(_ request: ChatRequest) -> Reply {
            state.withLock { state in
                state.requests.append(request)
                return state.replies.isEmpty ? .say("There is no more in the script.") : state.replies.removeFirst()
            }
        }
    }

    let model = "script"
    let script: Script

    init(script: Script) { self.script = script }

    init(settings: ProviderSettings, transport: ProviderTransport) throws(ProviderConfigurationError) {
        throw ProviderConfigurationError(key: "script", "is made by tests only")
    }

    func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        func completion(_ text: String, _ finish: FinishReason, _ calls: [ToolCall] = []) -> ChatCompletion {
            ChatCompletion(
                message: AssistantMessage(content: text, toolCalls: calls), finish: finish, model: "script-1",
                usage: TokenUsage(inputTokens: 10, outputTokens: 2))
        }
        switch script.next(request) {
        case .say(let text):
            try await emit(.began)
            for word in text.split(separator: " ", omittingEmptySubsequences: false) {
                try await emit(.text(word + " "))
            }
            return completion(text, .stop)
        case .call(let calls):
            try await emit(.began)
            return completion("", .toolCalls, calls)
        case .fail(let error, let text):
            if !text.isEmpty {
                try await emit(.began)
                try await emit(.text(text))
            }
            throw error
        case .end(let text, let finish):
            try await emit(.began)
            try await emit(.text(text))
            return completion(text, finish)
        case .shorten(let text, let answer):
            try await emit(.began)
            try await emit(.text(text))
            var shortened = completion(answer, .length)
            shortened.isShortened = true
            return shortened
        case .stall(let text):
            try await emit(.began)
            try await emit(.text(text))
            try await Task.sleep(for: .seconds(3600))
            throw CancellationError()
        }
    }
}

extension ToolCall {
    init(_ name: String, _ arguments: JSONObject, id: String = "call_1") {
        self.init(id: id, name: name, arguments: arguments)
    }
}
