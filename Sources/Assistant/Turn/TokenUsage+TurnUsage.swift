import ProviderKit
import TodoStore

extension TokenUsage {
    init(_ usage: TurnUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}

extension TurnUsage {
    init(_ usage: TokenUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}
