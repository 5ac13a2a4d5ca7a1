import Text

/// A lexer that splits a message into tokens in one pass over a bounded text.
///
/// It steps by characters, but compares only their first scalars: comparing characters would normalize them.
package struct Lexer {
    /// The maximum length of a message, in characters, as for the whole server.
    package static let limit = 5000

    /// The text that the ranges of the tokens refer to: bounded, with control characters replaced by spaces and without
    /// excess combining marks.
    package let text: String
    package private(set) var tokens: [Token] = []
    private var index: String.Index
    /// Whether the character before `index` belongs to a word.
    private var followsWord = false
    /// Opening marks without a closing one in the rest of the text, recorded because searching again would be
    /// quadratic.
    private var unclosed: Set<Unicode.Scalar> = []

    package init(_ message: String, _ work: Work) {
        var clean = String.UnicodeScalarView()
        for scalar in message.unicodeScalars.prefix(Self.limit) {
            if scalar.value >= 0x20 && scalar.value < 0x7F {
                clean.append(scalar)
                continue
            }
            switch scalar.properties.generalCategory {
            case .control: clean.append(scalar == "\n" ? "\n" : " ")
            case .lineSeparator, .paragraphSeparator: clean.append("\n")
            default: clean.append(scalar)
            }
        }
        let whole = String(clean)
        work.spend(whole.utf8.count)
        text = CombiningMarks.limited(whole)
        index = text.startIndex
        while index < text.endIndex { step() }
    }

    /// Returns the first scalar of a character, whether it is the only one, and the character's end.
    private func character(at index: String.Index) -> (first: Unicode.Scalar, isSimple: Bool, end: String.Index) {
        let first = text.unicodeScalars[index]
        let end = text.index(after: index)
        return (first, text.unicodeScalars.index(after: index) == end, end)
    }

    private mutating func step() {
        let (first, isSimple, end) = character(at: index)
        if first == "\n" {
            take(.punctuation, "\n", through: end)
        } else if first.properties.isWhitespace {
            followsWord = false
            index = end
        } else if isSimple, let closing = Self.quotes[first], let close = quotationEnd(first, closing, after: end) {
            take(.quoted, text[end..<close].trimmed, through: text.index(after: close))
        } else if isSimple, first == "#", let wordEnd = wordEnd(from: end) {
            let word = text[end..<wordEnd].lowercased()
            take(word.isDigits ? .number : .tag, word, through: wordEnd)
        } else if let wordEnd = wordEnd(from: index) {
            word(through: wordEnd)
        } else {
            // Symbols with a meaning ("🎂", "€") are words.
            take(first.isPunctuation ? .punctuation : .word, String(text[index..<end]), through: end)
        }
    }

    private mutating func word(through end: String.Index) {
        let word = text[index..<end].lowercased().straightApostrophes
        // "task 3's due date"
        if word.hasSuffix("'s"), word.dropLast(2).isDigits {
            return take(.number, String(word.dropLast(2)), through: end)
        }
        guard word.utf8.count <= Self.longestContraction, let (first, second) = Self.contractions[word] else {
            return take(word.isDigits ? .number : .word, word, through: end)
        }
        take(.word, first, through: end)
        tokens.append(Token(kind: .word, text: second, range: end..<end))
    }

    private mutating func take(_ kind: Token.Kind, _ text: String, through end: String.Index) {
        tokens.append(Token(kind: kind, text: text, range: index..<end))
        index = end
        followsWord = kind == .word || kind == .number || kind == .tag
        // A symbol is a word for the rules, but not a letter or digit.
        if kind == .word, let first = text.unicodeScalars.first, !first.isWordPart { followsWord = false }
    }

    /// Returns the end of the word at `start`; a mark belongs to it if a letter or digit follows ("17:30").
    private func wordEnd(from start: String.Index) -> String.Index? {
        guard start < text.endIndex, text.unicodeScalars[start].isWordPart else { return nil }
        var end = text.index(after: start)
        while end < text.endIndex {
            let (first, isSimple, next) = character(at: end)
            if first.isWordPart {
                end = next
            } else if isSimple, Self.inner.contains(first), next < text.endIndex, text.unicodeScalars[next].isWordPart {
                end = text.index(after: next)
            } else {
                break
            }
        }
        return end
    }

    /// Returns the position of the mark that closes a quotation; nil when `opening` begins none.
    private mutating func quotationEnd(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, after start: String.Index
    ) -> String.Index? {
        guard !followsWord, !unclosed.contains(opening) else { return nil }
        var end = start
        var isBlank = true
        while end < text.endIndex {
            let (first, isSimple, next) = character(at: end)
            if first == "\n" { break }
            // An apostrophe inside a word does not close a quotation.
            if isSimple, first == closing, next == text.endIndex || !text.unicodeScalars[next].isWordPart {
                return isBlank ? nil : end
            }
            isBlank = isBlank && first.properties.isWhitespace
            end = next
        }
        unclosed.insert(opening)
        return nil
    }

    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "'": "'", "“": "”", "‘": "’", "„": "“", "«": "»", "`": "`",
    ]
    private static let inner: Set<Unicode.Scalar> = ["'", "’", "-", "_", "/", ":", ".", "@", "+", "&"]
    private static let longestContraction = 12
    private static let contractions: [String: (String, String)] = {
        var table: [String: (String, String)] = [
            "i'm": ("i", "am"), "i'd": ("i", "would"), "let's": ("let", "us"), "can't": ("can", "not"),
            "won't": ("will", "not"), "dont": ("do", "not"), "cannot": ("can", "not"), "whats": ("what", "is"),
            "im": ("i", "am"), "ive": ("i", "have"), "gotta": ("got", "to"), "wanna": ("want", "to"),
        ]
        for word in ["what", "who", "where", "when", "how", "it", "that", "there"] { table["\(word)'s"] = (word, "is") }
        for word in ["i", "we", "you", "they"] { table["\(word)'ve"] = (word, "have") }
        for word in ["do", "does", "did", "is", "are", "have", "has", "should", "must"] {
            table["\(word)n't"] = (word, "not")
        }
        for word in ["i", "we", "you"] { table["\(word)'ll"] = (word, "will") }
        for word in ["we", "you", "they"] { table["\(word)'re"] = (word, "are") }
        return table
    }()
}

extension Unicode.Scalar {
    /// Whether the scalar is a letter or digit; combining marks belong to the same character.
    var isWordPart: Bool {
        if isASCII { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) }
        return properties.isAlphabetic || properties.numericType != nil
    }

    fileprivate var isPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}

extension String {
    fileprivate var straightApostrophes: String {
        utf8.allSatisfy { $0 < 0x80 }
            ? self : String(String.UnicodeScalarView(unicodeScalars.map { $0 == "’" ? "'" : $0 }))
    }
}

extension StringProtocol {
    /// Whether the text consists of ASCII digits, few enough for an `Int`.
    fileprivate var isDigits: Bool { (1...12).contains(utf8.count) && utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// The text without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
