import EventLoops
package import Foundation
import JSON
package import ProviderKit

/// An adapter without a network, which uses rules for plain English instead of a model.
package struct OfflineProvider: ChatProvider {
    package static let descriptor = ProviderDescriptor(
        id: "offline", name: "Offline", summary: "Plain English by rules: no network, no key, no cost.",
        defaultModel: "rules", needsAPIKey: false)

    package let model: String

    package init(
        settings: ProviderSettings, transport: ProviderTransport
    ) throws(ProviderConfigurationError) {
        let rules = "rules"
        guard settings.model == nil || settings.model == rules else {
            throw ProviderConfigurationError(key: "model", "offline has one model, \"\(rules)\": leave the key out")
        }
        if let option = settings.options.names.first {
            throw ProviderConfigurationError(key: option, "offline takes no keys of its own")
        }
        model = rules
    }

    package func complete(
        _ request: ChatRequest, emit: @Sendable (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        try Task.checkCancellation()
        try await emit(.began)
        let usage = TokenUsage(inputTokens: 0, outputTokens: 0)
        switch try await OffLoop.run({ Planner.step(request) }) {
        case .call(let calls):
            let message = AssistantMessage(content: "", toolCalls: calls)
            return ChatCompletion(message: message, finish: .toolCalls, model: model, usage: usage)
        case .answer(let answer):
            let text = request.isFallback ? Phrases.standingIn + "\n" + answer : answer
            for delta in TextDeltas(text) { try await emit(.text(delta)) }
            let message = AssistantMessage(content: text)
            return ChatCompletion(message: message, finish: .stop, model: model, usage: usage)
        }
    }

    package func reading(_ request: ChatRequest) async throws -> MessageReading? {
        try Task.checkCancellation()
        return try await OffLoop.run { Planner.reading(request) }
    }

    package func moment(_ words: String, now: Date, timeZone: TimeZone) -> SpokenMoment? {
        SpokenMoment(words, LocalTime(now: now, timeZone: timeZone))
    }
}
