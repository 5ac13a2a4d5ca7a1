import Foundation

/// The words of a language other than English: patterns of requests, and phrases with their English, by which dates,
/// filters and references are read.
///
/// A further language is a file with a value of this type, and an entry in `all`.
struct Language: Sendable {
    static let all = [german, spanish]

    let rules: [LanguageRule]
    /// Courtesies before a request.
    let openings: [[String]]
    /// Openings that make a question a request: "could you".
    let requests: [[String]]
    /// Courtesies after a request.
    let endings: [[String]]
    /// Beginnings of sentences that ask for nothing: questions, doubts, conditions.
    let hedges: [[String]]
    /// Words that no name of a task has, by which a question or a report is told from a request that ends with a verb.
    let asides: Set<String>
    let negations: Set<String>
    /// Words that make a question a request, wherever they stand.
    let please: [[String]]
    /// Nouns for kinds of tasks, which a title may lack: "appointment".
    let kinds: Set<String>
    /// Prepositions between such a noun and the title.
    let joints: Set<String>
    /// Verbs of reports of what somebody said.
    let telling: Set<String>
    /// Words between two requests.
    let separators: Set<String>
    /// Words of wishes and states that are no errand after "I must": "more often", "sleep".
    let wishes: Set<String>
    let infinitives: Infinitives
    /// Modal verbs at the end of a subordinate clause: "that I must pay the bills".
    let modals: Set<String>
    /// Endings by which a verb in the past differs from a request, with accents: "borré".
    let pasts: [String]
    let answers: AnswerWords
    private let phrases: [String: [String]]
    /// The number of words of the longest phrase that begins with a word.
    private let reach: [String: Int]
    private let digraphs: [String: String]
    /// Words by which the language is recognized.
    let vocabulary: Set<String>
    /// The first words of requests and questions.
    let openers: Set<String>
    /// The first words of requests, which no name of a task begins with.
    let verbs: Set<String>

    /// The form of a verb that names an errand.
    struct Infinitives: Sendable {
        let endings: [String]
        /// Whether the verb is the last word of an errand, and not the first.
        let isLast: Bool
        /// A word, or a part between prefix and verb, that a title does not have: "anzurufen".
        let particle: String?
        let prefixes: [String]

        /// - Parameters: `endings` and `prefixes` are separated by `|`.
        init(endings: String, isLast: Bool, particle: String? = nil, prefixes: String = "") {
            func list(_ text: String) -> [String] {
                text.split(separator: "|").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            }
            self.endings = list(endings)
            self.isLast = isLast
            self.particle = particle
            self.prefixes = list(prefixes)
        }
    }

    /// - Parameters:
    ///   - digraphs: Spellings of a letter that keyboards lack, with the letter without its mark.
    ///   - rules: Patterns, one a line, below the name of their meaning in brackets.
    ///   - classes: Names of sets of words, for patterns.
    ///   - lists: Words or phrases, separated by `|`.
    ///   - answers: See `AnswerWords`.
    ///   - phrases: Lines of `phrase = English`, also separated by semicolons.
    init(
        digraphs: [String: String], classes: [String: String], rules: String,
        openings: String, requests: String, endings: String, hedges: String, asides: String, please: String,
        negations: String,
        telling: String, separators: String, wishes: String, modals: String, pasts: String, infinitives: Infinitives,
        kinds: String, joints: String, phrases: String, answers: String
    ) {
        func fold(_ text: String) -> String { Self.fold(text, digraphs) }
        func lists(_ text: String) -> [[String]] {
            fold(text).split(separator: "|").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        }
        func words(_ text: String) -> Set<String> { Set(lists(text).flatMap(\.self)) }
        let classes = Dictionary(classes.map { (fold($0.key), words($0.value)) }) { first, _ in first }
        self.digraphs = digraphs
        var sections: [LanguageRule] = []
        for line in fold(rules).split(separator: "\n") {
            if line.hasPrefix("[") {
                let meaning = LanguageRule.Meaning.allCases.first { fold($0.rawValue) == line.dropFirst().dropLast() }
                if let meaning { sections.append(LanguageRule(meaning: meaning, patterns: [])) }
            } else {
                sections[sections.count - 1].patterns.append(Pattern(String(line), classes: classes))
            }
        }
        self.rules = sections
        self.openings = lists(openings) + lists(requests)
        self.requests = lists(requests)
        self.endings = lists(endings)
        self.hedges = lists(hedges)
        self.asides = words(asides)
        self.negations = words(negations)
        self.please = lists(please)
        self.kinds = words(kinds)
        self.joints = words(joints)
        self.telling = words(telling)
        self.separators = words(separators).union([","])
        self.wishes = words(wishes)
        self.modals = words(modals)
        self.pasts = pasts.split(separator: "|").map(String.init)
        self.infinitives = infinitives
        self.answers = AnswerWords(answers)
        var found: [String: [String]] = [:]
        for line in phrases.split(whereSeparator: { $0 == "\n" || $0 == ";" }) {
            let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { continue }
            for phrase in lists(String(sides[0])) {
                found[phrase.joined(separator: " ")] = sides[1].split(separator: " ").map(String.init)
            }
        }
        self.phrases = found
        var reach: [String: Int] = [:]
        for phrase in found.keys {
            let words = phrase.split(separator: " ").map(String.init)
            reach[words[0]] = max(reach[words[0]] ?? 0, words.count)
        }
        self.reach = reach
        let patterns = self.rules.flatMap(\.patterns)
        vocabulary = patterns.reduce(into: Set(found.keys.flatMap { $0.split(separator: " ").map(String.init) })) {
            $0.formUnion($1.words)
        }.union(asides.isEmpty ? [] : words(asides)).union(words(openings)).union(words(requests)).union(words(hedges))
            .filter { $0.first?.isLetter ?? false }
        let first = patterns.filter { !$0.isOpen }.reduce(into: Set<String>()) { $0.formUnion($1.firstWords) }
        let asking: Set<String> = ["show", "list", "what", "which", "how", "when", "find", "tell"]
        openers = first.union(
            found.filter { asking.contains($0.value.first ?? "") }.keys.compactMap {
                $0.split(separator: " ").first.map(String.init)
            })
        verbs = openers.filter { word in
            let english = found[word]?.first ?? word
            return !FilterWords.tasks.union(FilterWords.determiners).union(FilterWords.all).contains(english)
                && !["i", "we", "have", "number"].contains(english)
        }
    }

    /// Returns the word in lower case, without accents.
    static func base(of word: String) -> String { fold(word, [:]) }

    /// Returns the word in lower case, without accents, and with the letters that stand for digraphs.
    private static func fold(_ word: String, _ digraphs: [String: String]) -> String {
        var folded = word.lowercased()
        if !folded.utf8.allSatisfy({ $0 < 0x80 }) {
            folded = folded.decomposedStringWithCanonicalMapping.replacing("ß", with: "ss")
            folded.unicodeScalars.removeAll { (0x300...0x36F).contains($0.value) }
        }
        for (pair, letter) in digraphs where folded.contains(pair) { folded = folded.replacing(pair, with: letter) }
        return folded
    }

    /// Returns the tokens with the keys by which the rules of the language compare them.
    func folded(_ tokens: Tokens, _ work: Work) -> Tokens {
        work.spend(tokens.count)
        return tokens.map { token in
            guard token.kind == .word, token.text.utf8.count <= Self.longestWord else { return token }
            let key = Self.fold(token.text, digraphs)
            return key.utf8.count <= Self.longestWord
                ? Token(kind: .word, text: token.text, key: key, range: token.range) : token
        }[...]
    }

    private static let longestWord = 32

    /// Returns the tokens with the English of all known phrases, for the parsers of dates, filters and references.
    func translated(_ tokens: Tokens, _ work: Work) -> Tokens {
        work.spend(2 * tokens.count)
        var found: [Token] = []
        var rest = tokens
        while let token = rest.first {
            guard token.kind == .word || token.kind == .number, let longest = reach[token.key],
                let (english, count) = phrase(rest.prefix(longest))
            else {
                found.append(token)
                rest = rest.dropFirst()
                continue
            }
            let words = rest.prefix(count)
            let range = token.range.lowerBound..<(words.last?.range.upperBound ?? token.range.upperBound)
            for (place, word) in english.enumerated() {
                let kind: Token.Kind = Int(word) == nil ? .word : .number
                let text = place == 0 ? words.map(\.text).joined(separator: " ") : ""
                let place = place == 0 ? range : range.upperBound..<range.upperBound
                found.append(Token(kind: kind, text: text, key: word, range: place))
            }
            rest = rest.dropFirst(count)
        }
        return found[...]
    }

    /// Returns the longest phrase at the start.
    private func phrase(_ tokens: Tokens) -> (english: [String], count: Int)? {
        for count in stride(from: tokens.count, to: 0, by: -1) {
            let words = tokens.prefix(count)
            guard words.allSatisfy({ $0.kind == .word || $0.kind == .number }) else { continue }
            if let english = phrases[words.map(\.key).joined(separator: " ")] { return (english, count) }
        }
        return nil
    }

    /// Returns whether the tokens are an errand: words of which one is a verb in its infinitive.
    func isErrand(_ tokens: Tokens, in text: String) -> Bool {
        let words = tokens.trimmed
        guard words.count > 1, !words.contains(where: { $0.isWord(asides) }) else { return false }
        return (infinitives.isLast ? words.last : words.first).map { isInfinitive($0, in: text) } ?? false
    }

    /// Returns whether the token looks like an infinitive. A capital makes it a noun where verbs come last.
    func isInfinitive(_ token: Token, in text: String) -> Bool {
        guard token.kind == .word, token.text.utf8.count > 3, !token.range.isEmpty else { return false }
        if infinitives.isLast, text[token.range].first?.isUppercase == true { return false }
        let word = Self.fold(token.text, digraphs)
        return infinitives.endings.contains { word.hasSuffix($0) }
    }
}
