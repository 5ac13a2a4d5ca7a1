/// One piece of what the user wrote.
package struct Token: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case word
        /// Digits only, with or without a `#` before them.
        case number
        /// A text between quotation marks.
        case quoted
        /// `#work`; the text is without the `#`.
        case tag
        case punctuation
    }

    package let kind: Kind
    /// What rules compare: short ASCII in lower case, with straight apostrophes; `foreign` for everything else, which no
    /// rule names. So comparing and hashing it costs the same for whatever was written.
    package let key: String
    /// The word in lower case; of a quotation what stands between the marks, as written.
    package let text: String
    /// Where it stands in the text; of the second half of a contraction an empty range.
    package let range: Range<String.Index>

    init(kind: Kind, text: String, range: Range<String.Index>) {
        self.kind = kind
        let isPlain = text.utf8.count <= Self.longestKey && text.utf8.allSatisfy { $0 < 0x80 }
        key = isPlain ? text : Self.foreign
        self.text = text
        self.range = range
    }

    private static let longestKey = 32
    private static let foreign = "\u{1A}"

    var isPunctuation: Bool { kind == .punctuation }

    /// Whether it says nothing at the ends of a clause; brackets belong to what they enclose.
    var isEdge: Bool { isPunctuation && !Self.brackets.contains(key) }

    /// A number that can be an id or a count.
    var number: Int? { kind == .number ? Int(key) : nil }

    func isWord(_ words: Set<String>) -> Bool { kind == .word && words.contains(key) }

    private static let brackets: Set<String> = ["(", ")", "[", "]", "{", "}", "%", "@", "&", "#", "/", "\\"]
}

/// Tokens that belong together.
typealias Tokens = ArraySlice<Token>

extension Tokens {
    /// Without punctuation at both ends; what opens or closes a bracket stays.
    var trimmed: Tokens {
        var tokens = self
        while let first = tokens.first, first.isEdge { tokens = tokens.dropFirst() }
        while let last = tokens.last, last.isEdge { tokens = tokens.dropLast() }
        return tokens
    }

    /// The token `offset` places after the first.
    func at(_ offset: Int) -> Token? { offset < count ? self[startIndex + offset] : nil }

    /// The keys with one space between them; nil for more than `limit` tokens.
    func phrase(limit: Int = 5) -> String? { count <= limit ? map(\.key).joined(separator: " ") : nil }

    /// Whether the words at the start are these.
    func starts(with words: [String]) -> Bool {
        count >= words.count && zip(self, words).allSatisfy { $0.kind != .quoted && $0.key == $1 }
    }

    /// Whether the words at the end are these.
    func ends(with words: [String]) -> Bool {
        count >= words.count && zip(suffix(words.count), words).allSatisfy { $0.key == $1 }
    }

    /// Whether both are the same part of the same tokens.
    func isSame(as other: Tokens) -> Bool { startIndex == other.startIndex && endIndex == other.endIndex }
}
