/// Cuts a message into tokens: one pass over a bounded text.
struct Lexer {
    /// What is read of a message; the contract allows as many.
    static let limit = 5000

    /// The message that the tokens' ranges point into: bounded, control characters turned to spaces.
    let text: String
    private(set) var tokens: [Token] = []
    private var index: String.Index
    /// Opening marks without a closing one in the rest of the text: looking again would be quadratic.
    private var unclosed: Set<Character> = []

    init(_ message: String) {
        var clean = String.UnicodeScalarView()
        for scalar in message.unicodeScalars.prefix(Self.limit) {
            switch scalar.properties.generalCategory {
            case .control: clean.append(scalar == "\n" ? "\n" : " ")
            case .lineSeparator, .paragraphSeparator: clean.append("\n")
            default: clean.append(scalar)
            }
        }
        text = String(clean)
        index = text.startIndex
        while index < text.endIndex { step() }
    }

    private mutating func step() {
        let character = text[index]
        if character.isNewline {
            take(.punctuation, key: "\n", through: text.index(after: index))
        } else if character.isWhitespace {
            index = text.index(after: index)
        } else if let closing = Self.quotes[character], let end = quotationEnd(character, closing) {
            let inner = text[text.index(after: index)..<end]
            take(.quoted, key: inner.trimmed, through: text.index(after: end))
        } else if character == "#", let end = wordEnd(from: text.index(after: index)) {
            let key = text[text.index(after: index)..<end].lowercased()
            take(key.isDigits ? .number : .tag, key: key, through: end)
        } else if let end = wordEnd(from: index) {
            word(through: end)
        } else {
            // Signs that mean something ("🎂", "€") are words.
            let kind: Token.Kind = character.isPunctuation ? .punctuation : .word
            take(kind, key: String(character), through: text.index(after: index))
        }
    }

    private mutating func word(through end: String.Index) {
        let key = text[index..<end].lowercased().replacing("’", with: "'")
        guard let (first, second) = Self.contractions[key] else {
            return take(key.isDigits ? .number : .word, key: key, through: end)
        }
        take(.word, key: first, through: end)
        tokens.append(Token(kind: .word, key: second, range: end..<end))
    }

    private mutating func take(_ kind: Token.Kind, key: String, through end: String.Index) {
        tokens.append(Token(kind: kind, key: key, range: index..<end))
        index = end
    }

    /// Where the word that begins at `start` ends; a mark belongs to it when a letter or digit follows ("17:30").
    private func wordEnd(from start: String.Index) -> String.Index? {
        guard start < text.endIndex, text[start].isWordPart else { return nil }
        var end = text.index(after: start)
        while end < text.endIndex {
            let next = text.index(after: end)
            if text[end].isWordPart {
                end = next
            } else if Self.inner.contains(text[end]), next < text.endIndex, text[next].isWordPart {
                end = text.index(after: next)
            } else {
                break
            }
        }
        return end
    }

    /// Where the mark stands that closes the quotation at `index`; nil when none was opened here.
    private mutating func quotationEnd(_ opening: Character, _ closing: Character) -> String.Index? {
        if index > text.startIndex, text[text.index(before: index)].isWordPart { return nil }
        guard !unclosed.contains(opening) else { return nil }
        var end = text.index(after: index)
        let start = end
        while end < text.endIndex, !text[end].isNewline {
            let next = text.index(after: end)
            // An apostrophe inside of a word closes nothing.
            if text[end] == closing, next == text.endIndex || !text[next].isWordPart {
                return text[start..<end].contains { !$0.isWhitespace } ? end : nil
            }
            end = next
        }
        unclosed.insert(opening)
        return nil
    }

    private static let quotes: [Character: Character] = [
        "\"": "\"", "'": "'", "“": "”", "‘": "’", "„": "“", "«": "»", "`": "`",
    ]
    private static let inner: Set<Character> = ["'", "’", "-", "_", "/", ":", ".", "@", "+", "&"]
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

extension Character {
    /// Letters, digits and the marks that combine with them.
    fileprivate var isWordPart: Bool { isLetter || isNumber }
}

extension StringProtocol {
    /// ASCII digits only, few enough for a number.
    fileprivate var isDigits: Bool { (1...12).contains(utf8.count) && utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
