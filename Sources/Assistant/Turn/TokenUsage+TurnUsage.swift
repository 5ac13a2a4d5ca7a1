import ProviderKit
import TodoStore

extension TokenUsage {
    init(_ usage: Turn.Usage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}

extension Turn.Usage {
    init(_ usage: TokenUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            cachedInputTokens: usage.cachedInputTokens, cost: usage.cost)
    }
}
