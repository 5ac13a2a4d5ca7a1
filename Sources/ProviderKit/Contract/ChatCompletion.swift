/// A complete message of the model, with its usage.
package struct ChatCompletion: Sendable, Hashable {
    package var message: AssistantMessage
    package var finish: FinishReason
    /// The name of the model that answered, as given by the provider; it can differ from the requested one.
    package var model: String
    package var usage: TokenUsage?
    /// Whether more text was emitted than the message has, because the rest repeated itself.
    package var isShortened: Bool

    package init(
        message: AssistantMessage, finish: FinishReason, model: String, usage: TokenUsage? = nil,
        isShortened: Bool = false
    ) {
        self.message = message
        self.finish = finish
        self.model = model
        self.usage = usage
        self.isShortened = isShortened
    }
}

/// The reason why the model stopped. Errors are thrown instead.
package enum FinishReason: Sendable, Hashable {
    case stop
    case toolCalls
    /// Cut off at the token limit, or because the model repeated itself: the text may be incomplete, and there are no
    /// calls.
    case length
    /// Ended by the provider's filter.
    case contentFilter
}

/// The tokens used and, if the provider reports it, the cost.
package struct TokenUsage: Sendable, Hashable {
    package var inputTokens: Int
    package var outputTokens: Int
    package var cachedInputTokens: Int?
    /// The cost in the provider's currency (OpenRouter: credits, one US dollar each).
    package var cost: Double?

    package init(inputTokens: Int, outputTokens: Int, cachedInputTokens: Int? = nil, cost: Double? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cost = cost
    }

    /// Adds the usage of the calls of a turn, keeping values that only one side has. Sums saturate at the largest
    /// number.
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
