/// A token of the user's message.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case word
        /// Digits, optionally after a `#`.
        case number
        /// A text between quotation marks.
        case quoted
        /// `#work`; the text is without the `#`.
        case tag
        case punctuation
    }

    package let kind: Kind
    /// The text compared by rules: short ASCII in lower case, with straight apostrophes; `foreign` for all other text,
    /// which no rule names. Comparing and hashing it therefore takes bounded time.
    package let key: String
    /// The word in lower case, or the content of a quotation as written.
    package let text: String
    /// The range in the text; empty for the second half of a contraction.
    package let range: Range<String.Index>

    init(kind: Kind, text: String, range: Range<String.Index>) {
        self.kind = kind
        let isPlain = text.utf8.count <= Self.longestKey && text.utf8.allSatisfy { $0 < 0x80 }
        key = isPlain ? text : Self.foreign
        self.text = text
        self.range = range
    }

    /// - Parameter key: The text compared by the rules of a language other than English, or an English word for it.
    init(kind: Kind, text: String, key: String, range: Range<String.Index>) {
        self.kind = kind
        self.text = text
        self.key = key
        self.range = range
    }

    private static let longestKey = 32
    private static let foreign = "\u{1A}"

    var isPunctuation: Bool { kind == .punctuation }

    /// Whether the token carries no meaning at the ends of a clause. Brackets belong to their content.
    var isEdge: Bool { isPunctuation && !Self.brackets.contains(key) }

    /// The token as a number that can be an id or a count.
    var number: Int? { kind == .number ? Int(key) : nil }

    func isWord(_ words: Set<String>) -> Bool { kind == .word && words.contains(key) }

    private static let brackets: Set<String> = ["(", ")", "[", "]", "{", "}", "%", "@", "&", "#", "/", "\\"]
}

/// A sequence of tokens.
typealias Tokens = ArraySlice<Token>

extension Tokens {
    /// The tokens without punctuation at both ends, except brackets.
    var trimmed: Tokens {
        var tokens = self
        while let first = tokens.first, first.isEdge { tokens = tokens.dropFirst() }
        while let last = tokens.last, last.isEdge { tokens = tokens.dropLast() }
        return tokens
    }

    /// Returns the token `offset` places after the first.
    func at(_ offset: Int) -> Token? { offset < count ? self[startIndex + offset] : nil }

    /// Returns the keys separated by spaces; nil for more than `limit` tokens.
    func phrase(limit: Int = 5) -> String? { count <= limit ? map(\.key).joined(separator: " ") : nil }

    /// Returns whether the tokens start with these words.
    func starts(with words: [String]) -> Bool {
        count >= words.count && zip(self, words).allSatisfy { $0.kind != .quoted && $0.key == $1 }
    }

    /// Returns whether the tokens end with these words.
    func ends(with words: [String]) -> Bool {
        count >= words.count && zip(suffix(words.count), words).allSatisfy { $0.key == $1 }
    }

    /// Returns whether both are the same range of the same tokens.
    func isSame(as other: Tokens) -> Bool { startIndex == other.startIndex && endIndex == other.endIndex }
}
