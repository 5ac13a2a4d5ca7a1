/// The title of a new conversation: the beginning of its first message.
enum ConversationTitle {
    /// The maximum length, in Unicode scalars.
    static let maximumLength = 80

    static func make(from message: String) -> String {
        let words = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.unicodeScalars.count > maximumLength else { return words }
        let cut = String(String.UnicodeScalarView(words.unicodeScalars.prefix(maximumLength - 1)))
        let whole = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut[...]
        return whole + "…"
    }
}
