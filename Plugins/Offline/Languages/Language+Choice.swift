extension Language {
    /// Returns the language that most words of a message belong to, and its tokens in it; nil for English.
    static func of(_ tokens: Tokens, _ work: Work) -> (language: Language, tokens: Tokens)? {
        let sample = tokens.prefix(longestSample)
        var best: (language: Language, count: Int)?
        for language in all {
            let words = language.folded(sample, work)
            let count = language.evidence(in: words)
            if count > best?.count ?? 0 { best = (language, count) }
        }
        return best.map { ($0.language, $0.language.folded(tokens, work)) }
    }

    /// The number of tokens at the start of a message by which its language is told.
    private static let longestSample = 100

    /// Returns the number of words that only this language has, 0 where more are English.
    private func evidence(in tokens: Tokens) -> Int {
        var (own, english) = (0, 0)
        for token in tokens where token.kind == .word {
            let isEnglish = Self.english.contains(token.key)
            if vocabulary.contains(token.key) {
                own += isEnglish ? 0 : 1
            } else {
                english += isEnglish ? 1 : 0
            }
        }
        guard own > 0, let first = first(of: tokens) else { return 0 }
        // "Füge the quarterly report hinzu", "add die Wohnung putzen und den Müll rausbringen"
        if verbs.contains(first.key), !Self.english.contains(first.key) { return own + english }
        if IntentParser.verbs.contains(first.key), !vocabulary.contains(first.key) { return 0 }
        return own > english ? own : 0
    }

    private func first(of tokens: Tokens) -> Token? {
        var rest = tokens.trimmed
        while let opening = openings.first(where: { rest.starts(with: $0) && rest.count > $0.count }) {
            rest = rest.dropFirst(opening.count).trimmed
        }
        return rest.first
    }

    /// Returns whether the word is one that an English rule knows.
    static func isEnglish(_ token: Token) -> Bool { english.contains(token.key) }

    private static let english: Set<String> = {
        let patterns = [Rule.talk, Rule.undoing, Rule.details, Rule.changes].joined().flatMap(\.patterns)
        return patterns.reduce(into: FilterWords.empty) { $0.formUnion($1.words) }
            .union(IntentParser.verbs).union(DateWords.weekdays.keys).union(DateWords.months.keys)
            .union(DateWords.connectors).union(NumberWords.cardinals.keys).union(common)
            .subtracting(["moin", "ciao"])
    }()

    /// Frequent words that no rule has.
    private static let common: Set<String> = [
        "and", "or", "if", "he", "she", "his", "her", "their", "there", "then", "than", "because", "while", "when",
        "why",
        "not", "no", "yes", "so", "very", "too", "just", "really", "from", "into", "about", "after", "before", "some",
        "these", "those", "would", "could", "will", "shall", "might", "may", "was", "were", "had", "does", "did",
        "said",
        "told", "know", "think", "like", "want", "much", "more", "most", "other", "people", "time", "today", "tomorrow",
        "tonight", "us", "him", "its", "a", "an", "the", "to", "in", "also", "man", "war", "hat", "art", "plan", "test",
    ]
}
