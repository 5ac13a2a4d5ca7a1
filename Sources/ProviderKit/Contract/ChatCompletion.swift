/// A message of the model that ended properly, and what it cost.
package struct ChatCompletion: Sendable, Hashable {
    package var message: AssistantMessage
    package var finish: FinishReason
    /// The model that answered, in the provider's words; it need not be the one that was asked for.
    package var model: String
    package var usage: TokenUsage?

    package init(message: AssistantMessage, finish: FinishReason, model: String, usage: TokenUsage? = nil) {
        self.message = message
        self.finish = finish
        self.model = model
        self.usage = usage
    }
}

/// Why the model stopped. An error is thrown, never a reason.
package enum FinishReason: Sendable, Hashable {
    case stop
    case toolCalls
    /// Cut at the token limit: the text is incomplete and no call of the message may run.
    case length
    /// Ended by the provider's filter.
    case contentFilter
}

/// Tokens, and money where the provider tells it.
package struct TokenUsage: Sendable, Hashable {
    package var inputTokens: Int
    package var outputTokens: Int
    package var cachedInputTokens: Int?
    /// In the provider's currency (OpenRouter: credits, one US dollar each).
    package var cost: Double?

    package init(inputTokens: Int, outputTokens: Int, cachedInputTokens: Int? = nil, cost: Double? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cost = cost
    }

    /// The sum over the calls of a turn; what only one side tells is kept.
    package static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        func sum<T: AdditiveArithmetic>(_ left: T?, _ right: T?) -> T? {
            left == nil && right == nil ? nil : (left ?? .zero) + (right ?? .zero)
        }
        return TokenUsage(
            inputTokens: left.inputTokens + right.inputTokens, outputTokens: left.outputTokens + right.outputTokens,
            cachedInputTokens: sum(left.cachedInputTokens, right.cachedInputTokens), cost: sum(left.cost, right.cost))
    }
}
