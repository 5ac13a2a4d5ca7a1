/// The usage of a turn, as reported by the provider.
package struct TurnUsage: Sendable, Hashable {
    package var inputTokens: Int
    package var outputTokens: Int
    package var cachedInputTokens: Int?
    /// The cost in the provider's currency.
    package var cost: Double?

    package init(inputTokens: Int, outputTokens: Int, cachedInputTokens: Int? = nil, cost: Double? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cost = cost
    }
}
