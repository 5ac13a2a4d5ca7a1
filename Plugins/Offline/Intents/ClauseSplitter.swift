/// A splitter of messages into clauses that each contain one request: at "and", commas and full stops, but only where a
/// new request begins.
struct ClauseSplitter {
    let parser: IntentParser

    func clauses(_ tokens: Tokens) -> [Tokens] {
        var clauses: [Tokens] = []
        var start = tokens.startIndex
        var index = start
        while index < tokens.endIndex, clauses.count <= IntentParser.limit, parser.slots.work.spend() {
            guard isSeparator(tokens[index]) else {
                index += 1
                continue
            }
            let next = tokens[index...].firstIndex { !isSeparator($0) } ?? tokens.endIndex
            let current = tokens[start..<index].trimmed
            let isSentence = tokens[index..<next].contains { Self.sentenceEnds.contains($0.key) }
            if next < tokens.endIndex, !current.isEmpty, begins(tokens[next...], after: current, isSentence) {
                clauses.append(current)
                start = next
            }
            index = next
        }
        let last = tokens[start...].trimmed
        if !last.isEmpty { clauses.append(last) }
        return clauses
    }

    private func begins(_ rest: Tokens, after current: Tokens, _ isSentence: Bool) -> Bool {
        let opener = parser.polished(rest.prefix(12)).first
        guard let opener else { return false }
        guard opener.isWord(parser.openers) else {
            // "Reopen task 2. It is not done yet."
            guard isSentence, opener.key == "it" else { return false }
            let sentence = rest.prefix { !Self.sentenceEnds.contains($0.key) }
            return if case .complete? = parser.intent(sentence) { true } else { false }
        }
        let before = parser.intent(current)
        guard before != nil || isSentence else { return false }
        let needsCertainty = before.map(\.endsInFreeText) ?? false
        // The request can contain separators itself ("mark 1, 2 and 3 done").
        var end = rest.startIndex
        for _ in 0..<4 where end < rest.endIndex {
            end = rest[end...].dropFirst().firstIndex(where: isSeparator) ?? rest.endIndex
            let clause = rest[..<end]
            if let intent = parser.intent(clause),
                !needsCertainty || intent.isCertain(in: parser.slots.english(parser.polished(clause)))
            {
                return true
            }
            end = rest[end...].firstIndex { !isSeparator($0) } ?? rest.endIndex
        }
        return false
    }

    private func isSeparator(_ token: Token) -> Bool {
        token.kind != .quoted && (parser.separators.contains(token.key) || Self.sentenceEnds.contains(token.key))
    }

    static let separators: Set<String> = ["and", "then", ",", "&", "also", "plus", "but", "-", "afterwards"]
    private static let sentenceEnds: Set<String> = [".", "!", "?", ";", "\n"]
    /// Words that begin a request.
    static let openers: Set<String> = [
        "add", "create", "make", "new", "mark", "set", "complete", "finish", "check", "tick", "cross", "delete",
        "remove",
        "erase", "cancel", "drop", "clear", "show", "list", "display", "what", "which", "how", "when", "undo", "remind",
        "change", "rename", "update", "edit", "move", "postpone", "reschedule", "push", "snooze", "tag", "untag",
        "label",
        "reopen", "uncheck", "find", "search", "i", "do", "remember", "help", "prioritize", "prioritise", "put", "give",
        "task", "get", "close", "is", "are", "tell", "thanks", "thank", "flag", "delay", "raise", "lower", "repeat",
        "summarize", "revert", "trash", "discard", "resolve",
    ]
}
