/// A reader of the parts of a message that rules have captured.
struct SlotReader {
    let text: String
    let local: LocalTime
    let work: Work
    /// The language of the message; nil for English.
    var language: Language?

    var tasks: NewTaskParser { NewTaskParser(text: text, local: local, work: work, language: language) }
    var dates: DateParser { DateParser(local: local) }
    var references: ReferenceParser { ReferenceParser(text: text, local: local, work: work) }

    func reference(_ tokens: Tokens?) -> TaskReference? { tokens.flatMap(references.reference) }

    /// Returns the English of the tokens, as far as it is known.
    func english(_ tokens: Tokens) -> Tokens { language?.translated(tokens, work) ?? tokens }

    /// Reads a filter; see `TaskFilter.parse`.
    func filter(_ tokens: Tokens) -> (filter: TaskFilter, rest: [Token]) {
        work.spend(40 * tokens.count)
        return TaskFilter.parse(tokens, local)
    }

    /// Reads a filter with a topic; see `TaskFilter.withTopic`.
    func topicFilter(_ tokens: Tokens) -> (filter: TaskFilter, rest: [Token]) {
        work.spend(40 * tokens.count)
        return TaskFilter.withTopic(tokens, local)
    }

    /// Returns the title of an existing task, in which no dates are read.
    func title(_ tokens: Tokens?) -> String? {
        guard let tokens = tokens?.trimmed, !tokens.isEmpty else { return nil }
        let words = tasks.plain(tokens)
        if tokens.count == 1, tokens.first?.kind == .quoted { return words }
        return words.withCapital
    }
}

extension String {
    /// The text with a capital at the start; words such as "iPhone" stay unchanged.
    var withCapital: String {
        let firstWord = prefix { !$0.isWhitespace }
        guard let first, !firstWord.contains(where: \.isUppercase) else { return self }
        return first.uppercased() + dropFirst()
    }
}
