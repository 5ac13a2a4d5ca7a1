/// An entry of a provider's list of models.
package struct ProviderModel: Sendable, Hashable {
    package let id: String
    /// The maximum number of tokens of a conversation including its answer.
    package let contextLength: Int?
    /// The price in US dollars per million tokens.
    package let inputPrice: Double?
    package let outputPrice: Double?

    package init(id: String, contextLength: Int? = nil, inputPrice: Double? = nil, outputPrice: Double? = nil) {
        self.id = id
        self.contextLength = contextLength
        self.inputPrice = inputPrice
        self.outputPrice = outputPrice
    }
}
