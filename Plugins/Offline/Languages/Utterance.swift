/// A message of the user with its language, and the parsers for it.
struct Utterance {
    /// The language; nil for English.
    let language: Language?
    let tokens: Tokens
    let parser: IntentParser

    init(_ message: String, _ local: LocalTime, _ work: Work) {
        let lexer = Lexer(message, work)
        let found = Language.of(lexer.tokens[...], work)
        language = found?.language
        tokens = found?.tokens ?? lexer.tokens[...]
        parser = IntentParser(SlotReader(text: lexer.text, local: local, work: work, language: found?.language))
    }
}
