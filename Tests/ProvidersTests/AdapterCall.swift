import Foundation
import ProviderKit
import Secrets
import TestSupport

/// A call of an adapter to an upstream that plays `reply`: the request sent and its result.
struct AdapterCall {
    let outcome: ConformanceOutcome
    let request: ScriptedRequest?

    init<Provider: ChatProvider>(
        _: Provider.Type, _ messages: [ChatMessage] = [.user("Hi")], model: String = "the-model",
        tools: [ToolDefinition] = [], options: ProviderSettings = ProviderSettings(), reply: ScriptedReply
    ) async throws {
        (outcome, request) = try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                var settings = options
                settings.model = model
                settings.apiKey = settings.apiKey ?? Secret(utf8: ConformanceAdapter.key)
                settings.baseURL = upstream.url
                settings.allowPrivate = true
                let provider = try Provider(settings: settings, transport: transport)
                let request = ChatRequest(
                    messages: messages, tools: tools, now: Date(timeIntervalSince1970: 0), timeZone: .gmt)
                let outcome = await ConformanceOutcome(provider, request)
                return (outcome, upstream.requests.first)
            }
        }
    }
}
