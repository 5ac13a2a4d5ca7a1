/// The meaning of the user's last message by fixed rules, without a model.
package struct MessageReading: Sendable, Hashable {
    /// The next step of a plan: calls whose results it needs, or its answer.
    package enum Step: Sendable, Hashable {
        case call([ToolCall])
        case answer(String)
    }

    package enum Kind: Sendable, Hashable {
        /// A request that changes tasks.
        case change
        /// A request to see tasks.
        case look
        /// Words that ask for no change: a question, a negation, a quotation.
        case noChange
        /// Anything else, such as small talk, or words that no rule knows.
        case other
    }

    package var kind: Kind
    /// Whether the words themselves name what is to be done and to which tasks, without earlier messages.
    package var isCertain: Bool
    package var step: Step

    package init(kind: Kind, isCertain: Bool, step: Step) {
        self.kind = kind
        self.isCertain = isCertain
        self.step = step
    }
}
