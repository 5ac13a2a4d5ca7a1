/// One piece of what the user wrote.
struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case word
        /// Digits only, with or without a `#` before them.
        case number
        /// The key is what stands between the quotation marks, as written.
        case quoted
        /// `#work`; the key is without the `#`.
        case tag
        case punctuation
    }

    let kind: Kind
    /// What rules compare: lower case, straight apostrophes.
    let key: String
    /// Where it stands in the text; of the second half of a contraction an empty range.
    let range: Range<String.Index>

    var isPunctuation: Bool { kind == .punctuation }

    /// Whether it says nothing at the ends of a clause; brackets belong to what they enclose.
    var isEdge: Bool { isPunctuation && !"()[]{}%@&#/\\".contains(key) }

    /// A number that can be an id or a count.
    var number: Int? { kind == .number ? Int(key) : nil }

    func isWord(_ words: Set<String>) -> Bool { kind == .word && words.contains(key) }
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

    /// The keys with one space between them.
    var phrase: String { map(\.key).joined(separator: " ") }

    /// Whether the words at the start are these.
    func starts(with words: [String]) -> Bool {
        count >= words.count && zip(self, words).allSatisfy { $0.kind != .quoted && $0.key == $1 }
    }
}
