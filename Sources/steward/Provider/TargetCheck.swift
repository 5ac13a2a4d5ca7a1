import Assistant
import Foundation
import JSON
import ProviderKit
import Providers
import Synchronization
import Tenants

/// The result of one small request to a target. Unknown values are nil.
struct TargetCheck: Sendable {
    let target: ProviderTarget
    let model: String
    private(set) var isReachable: Bool?
    private(set) var isKeyGood: Bool?
    private(set) var isModelKnown: Bool?
    private(set) var usesTools: Bool?
    private(set) var firstToken: Duration?
    /// The problem and its solution.
    private(set) var problem: String?

    private init(_ target: ProviderTarget, model: String) {
        self.target = target
        self.model = model
    }

    /// Makes the request.
    ///
    /// - Throws: `CancellationError`. Errors of the target are part of the result.
    static func run(_ target: ProviderTarget, timeZone: TimeZone) async throws -> TargetCheck {
        try await ProviderTransport.withTransport { transport in
            let provider = try ProviderRegistry.standard.make(target.providerID, target.settings, transport: transport)
            var check = TargetCheck(target, model: provider.model)
            do {
                try await check.ask(provider, timeZone: timeZone)
            } catch let error as ProviderError {
                await check.take(error, from: provider)
            }
            return check
        }
    }

    private static let tool = ToolDefinition(
        name: "list_tasks", description: "Lists the user's tasks.",
        parameters: [
            "type": "object",
            "properties": ["status": ["type": "string", "enum": ["all", "pending", "completed"]]],
        ])

    private mutating func ask(_ provider: any ChatProvider, timeZone: TimeZone) async throws {
        let request = ChatRequest(
            messages: [
                .system("You manage a task list with the tools that you are given. Use them; never guess."),
                .user("Show me all my tasks."),
            ],
            tools: [Self.tool], now: Date(), timeZone: timeZone, maxOutputTokens: 1024)
        let start = ContinuousClock.now
        let begin = Mutex<Duration?>(nil)
        let completion = try await provider.complete(request) { _ in
            begin.withLock { if $0 == nil { $0 = ContinuousClock.now - start } }
        }
        firstToken = begin.withLock { $0 }
        (isReachable, isKeyGood, isModelKnown) = (true, true, true)
        usesTools = completion.message.toolCalls.contains { $0.name == "list_tasks" && $0.defect == nil }
        if usesTools == false {
            problem = "\(target.providerID): \(model) does not call tools: choose a model that supports them"
        }
    }

    private mutating func take(_ error: ProviderError, from provider: any ChatProvider) async {
        switch error.kind {
        case .unreachable: isReachable = false
        case .key, .credit: (isReachable, isKeyGood) = (true, error.kind != .key)
        case .model: (isReachable, isKeyGood, isModelKnown) = (true, true, false)
        default: isReachable = true
        }
        problem = "\(error.sentenceForOperator(target)) (\(error.detail))"
        if error.kind == .model { problem? += await Self.suggestion(for: model, from: provider) }
    }

    /// Returns the most similar model names, if the provider lists its models.
    private static func suggestion(for model: String, from provider: any ChatProvider) async -> String {
        let near = (try? await provider.modelsNearest(to: model)) ?? []
        return near.isEmpty ? "" : "; similar models: \(near.joined(separator: ", "))"
    }

    var json: JSONValue {
        func answer(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }
        return [
            "provider": .string(target.providerID), "model": .string(model), "reachable": answer(isReachable),
            "key": answer(isKeyGood), "model_known": answer(isModelKnown), "tools": answer(usesTools),
            "first_token_ms": firstToken.map { .integer($0.wholeMilliseconds) } ?? .null,
            "problem": problem.map { .string($0) } ?? .null,
        ]
    }
}

extension Duration {
    var wholeMilliseconds: Int { Int(self / .milliseconds(1)) }
}
