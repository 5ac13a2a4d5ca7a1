/// A pattern of clauses: `add|create (a) @task <title>`.
///
/// Words are literal, `|` separates alternatives, parentheses make optional, `@` names a class of words, `<…>` captures
/// at least one token. The whole clause must match.
struct Pattern: Sendable {
    private enum Element: Sendable {
        case words(Set<String>, isOptional: Bool)
        case capture(String)
    }

    private let elements: [Element]
    /// The number of captures. Two of them take quadratic time, so such a pattern must only match sentences that people
    /// type.
    let captures: Int

    init(_ source: String) { self.init(source, classes: Self.classes) }

    /// - Parameter classes: The words of each class that a name with `@` stands for.
    init(_ source: String, classes: [String: Set<String>]) {
        elements = source.split(separator: " ").map { piece in
            if piece.hasPrefix("<") { return .capture(String(piece.dropFirst().dropLast())) }
            let isOptional = piece.hasPrefix("(")
            let names = (isOptional ? piece.dropFirst().dropLast() : piece).split(separator: "|").map(String.init)
            return .words(names.reduce(into: []) { $0.formUnion(classes[$1] ?? [$1]) }, isOptional: isOptional)
        }
        captures = elements.count { if case .capture = $0 { true } else { false } }
    }

    /// The literal words of the pattern.
    var words: Set<String> {
        elements.reduce(into: []) { if case .words(let words, _) = $1 { $0.formUnion(words) } }
    }

    /// The words that a matching clause can begin with; empty for an open pattern.
    var firstWords: Set<String> {
        var found: Set<String> = []
        for element in elements {
            guard case .words(let words, let isOptional) = element else { break }
            found.formUnion(words)
            if !isOptional { break }
        }
        return found
    }

    /// Whether the pattern begins with a capture, and so matches any beginning.
    var isOpen: Bool {
        if case .capture? = elements.first { true } else { false }
    }

    /// Returns the result of `build` for the first match of the whole clause that it accepts.
    ///
    /// - Parameter typos: The corrections of misspelt words; nil allows none.
    func match<Result>(
        _ tokens: Tokens, typos: Typos?, _ work: Work, build: ([String: Tokens]) -> Result?
    ) -> Result? {
        match(elements[...], tokens, typos, work, [:], build)
    }

    private func match<Result>(
        _ elements: ArraySlice<Element>, _ tokens: Tokens, _ typos: Typos?, _ work: Work, _ found: [String: Tokens],
        _ build: ([String: Tokens]) -> Result?
    ) -> Result? {
        guard work.spend(2) else { return nil }
        guard let element = elements.first else { return tokens.isEmpty ? build(found) : nil }
        let others = elements.dropFirst()
        switch element {
        case .words(let words, let isOptional):
            if let token = tokens.first, Self.equal(token, words, typos),
                let result = match(others, tokens.dropFirst(), typos, work, found, build)
            {
                return result
            }
            return isOptional ? match(others, tokens, typos, work, found, build) : nil
        case .capture(let name):
            guard !tokens.isEmpty else { return nil }
            var found = found
            // The last capture takes all remaining tokens; others take as few as possible.
            let start = others.isEmpty ? tokens.endIndex : tokens.startIndex + 1
            for end in start...tokens.endIndex {
                found[name] = tokens[..<end]
                if let result = match(others, tokens[end...], typos, work, found, build) { return result }
            }
            return nil
        }
    }

    private static func equal(_ token: Token, _ words: Set<String>, _ typos: Typos?) -> Bool {
        guard token.kind != .quoted, token.kind != .tag else { return false }
        if words.contains(token.key) { return true }
        guard let typos, token.kind == .word else { return false }
        return typos.words(for: token).contains(where: words.contains)
    }

    private static let classes: [String: Set<String>] = [
        "@task": FilterWords.tasks,
        "@det": FilterWords.determiners.union(["another", "one", "new", "some", "following"]),
        "@done": ["done", "complete", "completed", "finished", "finish", "checked", "ticked", "closed", "over"],
        "@undone": [
            "undone", "incomplete", "pending", "open", "unfinished", "uncompleted", "unchecked", "todo", "active",
            "to-do",
        ],
        "@entry": ["task", "todo", "to-do", "item", "reminder", "entry", "chore"],
        "@entries": ["tasks", "todos", "to-dos", "items", "reminders"],
        "@count": Set(NumberWords.cardinals.keys).subtracting(["one"]).union((2...20).map(String.init)).union([
            "several", "multiple", "many", "few", "some",
        ]),
        "@separate": ["separate", "individual", "different", "distinct", "single", "new", "own"],
        "@add": ["add", "create", "make", "enter", "record", "insert", "log", "set", "schedule"],
        "@put": ["add", "put", "throw", "stick", "get", "write"],
        "@onto": ["to", "on", "onto", "in", "into"],
        "@remove": [
            "delete", "remove", "erase", "drop", "trash", "discard", "kill", "scrap", "clear", "cancel", "dump",
            "destroy",
            "wipe", "del", "rm",
        ],
        "@move": ["move", "reschedule", "postpone", "push", "shift", "delay", "snooze", "defer"],
        "@set": ["set", "change", "make", "update", "raise", "increase", "lower", "decrease", "reduce"],
        "@show": ["show", "display", "view", "open", "get", "give", "describe", "read", "list"],
        "@any": ["a", "an", "any", "anything", "something", "all", "every", "everything", "the", "my"],
        "@about": ["about", "for", "with", "on", "called", "named", "to", "containing", "mentioning"],
    ]
}
