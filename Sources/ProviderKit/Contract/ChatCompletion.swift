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

    /// The sum over the calls of a turn; what only one side tells is kept. A sum that no number holds is the largest one.
    package static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        func sum(_ left: Int, _ right: Int) -> Int {
            let (sum, overflow) = left.addingReportingOverflow(right)
            return overflow ? .max : sum
        }
        let cached = [left.cachedInputTokens, right.cachedInputTokens].compactMap(\.self)
        let costs = [left.cost, right.cost].compactMap(\.self)
        return TokenUsage(
            inputTokens: sum(left.inputTokens, right.inputTokens),
            outputTokens: sum(left.outputTokens, right.outputTokens),
            cachedInputTokens: cached.isEmpty ? nil : cached.reduce(0, sum),
            cost: costs.isEmpty ? nil : costs.reduce(0, +))
    }
}
