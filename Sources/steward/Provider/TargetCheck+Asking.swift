import Assistant
import Foundation
import JSON
import ProviderKit
import Providers
import Synchronization
import Tenants

extension TargetCheck {
    /// Asks a target of a tenant.
    ///
    /// - Throws: `CancellationError`. Errors of the target are part of the result.
    static func run(_ target: ProviderTarget, of tenant: Tenant) async throws -> TargetCheck {
        try await ProviderTransport.withTransport { transport in
            var settings = target.settings
            // Longer than a turn waits, so that the time is measured and not only exceeded.
            settings.timeouts.firstByte = patience(target.settings.timeouts.firstByte)
            let provider = try ProviderRegistry.standard.make(target.providerID, settings, transport: transport)
            var check = TargetCheck(target, model: provider.model)
            do {
                try await check.ask(provider, tenant)
            } catch let error as ProviderError {
                await check.take(error, from: provider)
            }
            return check
        }
    }

    private static func patience(_ limit: Duration) -> Duration { min(.seconds(300), max(.seconds(60), limit * 4)) }

    private mutating func ask(_ provider: any ChatProvider, _ tenant: Tenant) async throws {
        let request = ChatRequest(opening: "Show me all my tasks.", of: tenant, for: target.providerID, at: Date())
        let start = ContinuousClock.now
        let begin = Mutex<Duration?>(nil)
        let completion = try await provider.complete(request) { _ in
            begin.withLock { if $0 == nil { $0 = ContinuousClock.now - start } }
        }
        let duration = ContinuousClock.now - start
        firstToken = begin.withLock { $0 }
        (isReachable, isKeyGood, isModelKnown) = (true, true, true)
        let offered = request.tools.map(\.name)
        usesTools = completion.message.toolCalls.contains { offered.contains($0.name) && $0.defect == nil }
        let ignoresTools =
            usesTools == true ? false : await provider.ignoresTools(of: request, counted: completion.usage?.inputTokens)
        promptTokens = completion.usage.flatMap { $0.inputTokens > 0 ? $0.inputTokens : nil }
        context = await provider.contextLength()
        judgeTools(ignored: ignoresTools)
        judgeTime(duration, deadline: tenant.assistant.deadline, usage: completion.usage)
        judgeContext(tokens: ignoresTools == false ? promptTokens ?? request.estimatedTokens : request.estimatedTokens)
    }

    private mutating func take(_ error: ProviderError, from provider: any ChatProvider) async {
        switch error.kind {
        case .unreachable: isReachable = false
        case .key, .credit: (isReachable, isKeyGood) = (true, error.kind != .key)
        case .model: (isReachable, isKeyGood, isModelKnown) = (true, true, false)
        default: isReachable = true
        }
        var problem = "\(error.sentenceForOperator(target)) (\(error.detail))"
        if error.kind == .model { problem += await Self.suggestion(for: model, from: provider) }
        problems.append(problem)
    }

    /// Returns the most similar model names, if the provider lists its models.
    private static func suggestion(for model: String, from provider: any ChatProvider) async -> String {
        let near = (try? await provider.modelsNearest(to: model)) ?? []
        return near.isEmpty ? "" : "; similar models: \(near.joined(separator: ", "))"
    }
}

extension ChatProvider {
    /// Returns the length of the model's context, if the provider's list of models has it.
    fileprivate func contextLength() async -> Int? {
        // The second time over another connection: some servers close the first one after a long answer.
        var list = try? await models()
        if list == nil { list = try? await models() }
        guard let models = list else { return nil }
        // The server of one model may list it by the name of its file.
        let entry = models.first { $0.id == model } ?? (models.count == 1 ? models.first : nil)
        return entry?.contextLength
    }

    /// Returns whether the server ignores the tools of a request, by the tokens that it counts with and without them;
    /// nil when the counts do not tell.
    fileprivate func ignoresTools(of request: ChatRequest, counted tokens: Int?) async -> Bool? {
        guard let tokens, tokens > 0 else { return nil }
        var bare = request
        bare.tools = []
        bare.maxOutputTokens = 16
        guard let without = (try? await complete(bare) { _ in })?.usage?.inputTokens, without > 0 else {
            // A token has about four bytes, and never more than ten on average.
            return tokens < request.textBytes / 10 ? true : nil
        }
        // Fewer tokens with tools than without: the server does not count what it has cached.
        if tokens < without - 8 { return nil }
        return tokens - without < (request.textBytes - bare.textBytes) / 40
    }
}

extension ChatRequest {
    fileprivate var estimatedTokens: Int { textBytes / 4 }

    /// The length of the messages and tools in bytes.
    fileprivate var textBytes: Int {
        let texts = messages.map { message in
            switch message {
            case .system(let text), .user(let text): text.utf8.count
            case .assistant(let message): message.content.utf8.count
            case .tool(let result): result.content.utf8.count
            }
        }
        let definitions = tools.map { tool in
            tool.name.utf8.count + tool.description.utf8.count + JSONValue.object(tool.parameters).text.utf8.count
        }
        return (texts + definitions).reduce(0, +)
    }
}
