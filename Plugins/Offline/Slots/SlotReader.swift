/// Reads the parts of one message that rules have captured.
struct SlotReader {
    let text: String
    let local: LocalTime

    var tasks: NewTaskParser { NewTaskParser(text: text, local: local) }
    var dates: DateParser { DateParser(local: local) }
    var references: ReferenceParser { ReferenceParser(text: text, local: local) }

    func reference(_ tokens: Tokens?) -> TaskReference? { tokens.flatMap(references.reference) }

    /// A title for a task that exists: no dates are read in it.
    func title(_ tokens: Tokens?) -> String? {
        guard let tokens = tokens?.trimmed, !tokens.isEmpty else { return nil }
        let words = tasks.plain(tokens)
        if tokens.count == 1, tokens.first?.kind == .quoted { return words }
        let firstWord = words.prefix { !$0.isWhitespace }
        guard let first = words.first, !firstWord.contains(where: \.isUppercase) else { return words }
        return first.uppercased() + words.dropFirst()
    }
}
