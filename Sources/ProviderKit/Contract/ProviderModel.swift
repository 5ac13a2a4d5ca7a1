/// One entry of a provider's list of models: its name, and what else the list says.
package struct ProviderModel: Sendable, Hashable {
    package let id: String
    /// Tokens of a conversation with its answer.
    package let contextLength: Int?
    /// US dollars for a million tokens.
    package let inputPrice: Double?
    package let outputPrice: Double?

    package init(id: String, contextLength: Int? = nil, inputPrice: Double? = nil, outputPrice: Double? = nil) {
        self.id = id
        self.contextLength = contextLength
        self.inputPrice = inputPrice
        self.outputPrice = outputPrice
    }
}
