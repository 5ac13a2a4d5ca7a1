/// What a turn cost, as the provider counted it.
package struct TurnUsage: Sendable, Hashable {
    package var inputTokens: Int
    package var outputTokens: Int
    package var cachedInputTokens: Int?
    /// In the provider's currency.
    package var cost: Double?

    package init(inputTokens: Int, outputTokens: Int, cachedInputTokens: Int? = nil, cost: Double? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cost = cost
    }
}
