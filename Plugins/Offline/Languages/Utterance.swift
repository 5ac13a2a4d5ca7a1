/// A message of the user with its language, and the parsers for it.
struct Utterance {
    /// The language; nil for English.
    let language: Language?
    let tokens: Tokens
    private let isEnglish: Bool
    let parser: IntentParser

    init(_ message: String, _ local: LocalTime, _ work: Work) {
        let lexer = Lexer(message, work)
        let found = Language.of(lexer.tokens[...], work)
        language = found?.language
        tokens = found?.tokens ?? lexer.tokens[...]
        isEnglish = found == nil && lexer.tokens.contains { $0.kind == .word && Language.isEnglish($0) }
        parser = IntentParser(SlotReader(text: lexer.text, local: local, work: work, language: found?.language))
    }

    /// Returns the texts of answers in the message's language, or in that of the question that it answers: "2".
    func answers(after turn: Conversation.Turn?) -> AnswerWords? {
        if language != nil || isEnglish { return language?.answers }
        guard let text = turn?.text else { return nil }
        let questions: [AnswerWords.Key] = [.which, .didYouMean, .askTitle, .offerTask]
        return Language.all.map(\.answers).first { words in
            questions.contains { words[$0].map(text.contains) ?? false }
        }
    }
}
