/// Reads the parts of one message that rules have captured.
struct SlotReader {
    let text: String
    let local: LocalTime
    let work: Work

    var tasks: NewTaskParser { NewTaskParser(text: text, local: local, work: work) }
    var dates: DateParser { DateParser(local: local) }
    var references: ReferenceParser { ReferenceParser(text: text, local: local, work: work) }

    func reference(_ tokens: Tokens?) -> TaskReference? { tokens.flatMap(references.reference) }

    /// Same as `TaskFilter.parse`.
    func filter(_ tokens: Tokens) -> (filter: TaskFilter, rest: [Token]) {
        work.spend(40 * tokens.count)
        return TaskFilter.parse(tokens, local)
    }

    /// Same as `TaskFilter.withTopic`.
    func topicFilter(_ tokens: Tokens) -> (filter: TaskFilter, rest: [Token]) {
        work.spend(40 * tokens.count)
        return TaskFilter.withTopic(tokens, local)
    }

    /// A title for a task that exists: no dates are read in it.
    func title(_ tokens: Tokens?) -> String? {
        guard let tokens = tokens?.trimmed, !tokens.isEmpty else { return nil }
        let words = tasks.plain(tokens)
        if tokens.count == 1, tokens.first?.kind == .quoted { return words }
        return words.withCapital
    }
}

extension String {
    /// With a capital letter at its start; "iPhone" keeps its own capitals.
    var withCapital: String {
        let firstWord = prefix { !$0.isWhitespace }
        guard let first, !firstWord.contains(where: \.isUppercase) else { return self }
        return first.uppercased() + dropFirst()
    }
}
