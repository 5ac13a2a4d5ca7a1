/// A parser of questions about the list: "what's pending?", "how many are overdue?", "my tasks for this week".
struct ListParser {
    let slots: SlotReader

    func intent(_ tokens: Tokens) -> Intent? {
        guard let first = tokens.first, first.kind == .word, tokens.count <= 30 else { return nil }
        let showing = tokens.drop { $0.isWord(Self.lead) }
        if let verb = showing.first, verb.isWord(Self.show) || verb.isWord(Self.give) {
            return show(showing.dropFirst(), mayBeSearch: verb.isWord(Self.show))
        }
        if tokens.starts(with: ["how", "many"]) || tokens.starts(with: ["how", "much"]) {
            return question(tokens.dropFirst(2), .count, fallback: nil)
        }
        if tokens.starts(with: ["count"]) { return question(tokens.dropFirst(), .count, fallback: nil) }
        if tokens.starts(with: ["number", "of"]) { return question(tokens.dropFirst(2), .count, fallback: nil) }
        if first.isWord(Self.questions) { return question(tokens, .show, fallback: .pending) }
        return bare(tokens)
    }

    private func show(_ tokens: Tokens, mayBeSearch: Bool) -> Intent? {
        let (filter, rest) = slots.topicFilter(tokens)
        if rest.isEmpty {
            let isSaid = !filter.isEmpty || tokens.contains { $0.isWord(Self.signals) } || tokens.trimmed.isEmpty
            return isSaid ? .list(settled(filter, fallback: filter.isTimeless ? .all : .pending), .show) : nil
        }
        guard mayBeSearch, filter.isEmpty || filter.status == .all,
            !rest.contains(where: { $0.isWord(["sorted", "ordered", "without", "except"]) })
        else { return nil }
        let words = rest.filter { !$0.isWord(Self.about) }.map(\.text)
        return words.isEmpty ? nil : .search(words.joined(separator: " "))
    }

    private func question(_ tokens: Tokens, _ question: ListQuestion, fallback: TaskFilter.Status?) -> Intent? {
        let (filter, rest) = slots.topicFilter(tokens)
        let words = Set(tokens.map(\.key))
        if question == .show, filter.isEmpty, words.contains("next") || words.contains("first"),
            rest.allSatisfy({ ["first", "work", "tackle", "focus", "start", "begin", "with"].contains($0.key) })
        {
            return .list(TaskFilter(status: .pending), .next)
        }
        guard rest.isEmpty else { return nil }
        guard !filter.isEmpty || question == .count || !words.isDisjoint(with: Self.signals) else { return nil }
        if filter.status == nil, words.contains("did"), words.contains("do") || words.contains("get") {
            var done = filter
            done.status = .completed
            (done.completed, done.due) = (filter.due, nil)
            return .list(done, question)
        }
        return .list(settled(filter, fallback: fallback ?? (filter.isTimeless ? .all : .pending)), question)
    }

    /// "pending tasks", "my list", "overdue?"
    private func bare(_ tokens: Tokens) -> Intent? {
        let (filter, rest) =
            tokens.first?.isWord(IntentParser.verbs) == true
            ? slots.filter(tokens) : slots.topicFilter(tokens)
        let hasNoun = tokens.contains { $0.isWord(Self.nouns) }
        // "complete tasks" and "finish everything" are requests for changes.
        let isRequest = tokens.count > 1 && tokens.first?.isWord(["complete", "finish", "clear", "due"]) == true
        // "I finished it" speaks of one task.
        guard rest.isEmpty, !isRequest, !tokens.contains(where: { $0.isWord(["is", "are", "i", "we", "it"]) }),
            hasNoun || (filter.status != nil || filter.due != nil) && tokens.count <= 3
        else { return nil }
        return .list(settled(filter, fallback: filter.isTimeless ? .all : .pending), .show)
    }

    private func settled(_ filter: TaskFilter, fallback: TaskFilter.Status) -> TaskFilter {
        var filter = filter
        filter.status = filter.status ?? fallback
        return filter
    }

    /// The words that misspelt words of a question are corrected to.
    static let vocabulary: Set<String> = FilterWords.empty
        .union(FilterWords.pending).union(FilterWords.completed).union(FilterWords.overdue).union(FilterWords.all)
        .union(show).union(questions).union(DateWords.tomorrow).union(["today", "priority", "urgent", "important"])
        .filter { $0.utf8.count > 3 }
    static let spellings: [(word: String, spelling: Spelling)] = vocabulary.sorted().map { ($0, Spelling($0)) }

    private static let lead: Set<String> = [
        "can", "could", "i", "want", "to", "let", "me", "would", "like", "may", "please",
    ]
    private static let show: Set<String> = ["show", "list", "display", "view", "see", "print"]
    private static let give: Set<String> = ["give", "get", "read", "tell", "fetch", "check", "open", "review"]
    private static let questions: Set<String> = [
        "what", "which", "do", "did", "is", "are", "am", "have", "has", "any", "anything", "was", "were",
    ]
    private static let about: Set<String> = ["about", "containing", "mentioning", "regarding", "concerning", "related"]
    private static let nouns = FilterWords.tasks.union(["list", "lists", "agenda", "schedule"])
    /// Words that make a question one about the list.
    private static let signals = nouns.union([
        "do", "have", "left", "plate", "due", "need", "should", "remaining", "coming", "upcoming", "going", "planned",
    ])
}
