/// The signs that a clause is no request although it has the words of one: a question, a hedge, a quotation.
struct Doubt {
    let isDoubted: Bool
    /// Whether the words after the clause are those of somebody else: "she wrote:".
    let announcesQuotation: Bool

    /// - Parameter message: The tokens that the clause is a part of.
    init(_ clause: Tokens, of message: Tokens, _ parser: IntentParser) {
        let after = message[clause.endIndex...].prefix { $0.isEdge }
        let isQuestion = after.contains { $0.key == "?" } || clause.last?.key == "?"
        isDoubted = isQuestion && !Self.isPolite(clause, parser.slots.language) || parser.isHedged(clause)
        let telling = parser.slots.language?.telling ?? Self.telling
        let tells = clause.contains { $0.isWord(telling) }
        let marks = clause.contains { [":", "\"", "\u{201C}", "\u{201E}"].contains($0.text) }
        announcesQuotation = tells && (marks || after.first?.key == ":")
    }

    /// Whether a question is a request: "could you add milk?", "add milk, please?"
    private static func isPolite(_ clause: Tokens, _ language: Language?) -> Bool {
        let words = clause.trimmed
        if let language {
            let isRequest = words.indices.prefix(6).contains { language.requests.contains(where: words[$0...].starts) }
            return isRequest || words.indices.contains { language.please.contains(where: words[$0...].starts) }
        }
        if words.contains(where: { $0.isWord(["please", "pls", "plz"]) }) { return true }
        if words.ends(with: ["you"]) || words.last?.isWord(["ok", "okay", "thanks"]) == true { return true }
        return zip(words, words.dropFirst()).prefix(4).contains { first, second in
            first.isWord(["can", "could", "would", "will"]) && second.isWord(["you", "u"])
        }
    }

    private static let telling: Set<String> = [
        "said", "says", "say", "wrote", "writes", "told", "tells", "asked", "asks", "shouted", "texted", "emailed",
        "messaged", "replied", "reads", "goes", "quote", "quoted", "heard", "read", "message", "mail", "email", "note",
        "letter", "sign", "song", "lyrics", "joke",
    ]
}
