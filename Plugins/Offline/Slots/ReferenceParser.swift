/// A parser of references to tasks.
struct ReferenceParser {
    let text: String
    let local: LocalTime
    let work: Work

    func reference(_ tokens: Tokens) -> TaskReference? {
        guard tokens.count <= IntentParser.longest, work.spend(20 + 40 * tokens.count) else { return nil }
        let tokens = core(tokens)
        guard !tokens.isEmpty else { return nil }
        if let quoted = tokens.first, tokens.count == 1, quoted.kind == .quoted {
            return .title(quoted.text, parts: [])
        }
        return exception(tokens) ?? pronoun(tokens) ?? numbers(tokens) ?? places(tokens) ?? all(tokens) ?? several(
            tokens) ?? title(tokens)
    }

    /// Returns a reference that can stand alone as the answer to a question; never the words of a title.
    func bare(_ tokens: Tokens) -> TaskReference? { reference(tokens).flatMap { $0.isExplicit ? $0 : nil } }

    /// Removes the words that only say that a task of the list is meant.
    private func core(_ tokens: Tokens) -> Tokens {
        var tokens = tokens.trimmed
        for ending in [
            ["from", "my", "list"], ["from", "my", "tasks"], ["from", "the", "tasks"], ["from", "tasks"],
            ["on", "my", "list"], ["off", "my", "list"], ["from", "the", "list"],
            ["in", "my", "list"], ["on", "the", "list"], ["off", "the", "list"], ["off"], ["please"], ["too"],
        ]
        where tokens.count > ending.count && tokens.ends(with: ending) {
            tokens = tokens.dropLast(ending.count)
        }
        return tokens
    }

    /// "everything except task 1", "all but 2 and 3", "all of them apart from the report".
    private func exception(_ tokens: Tokens) -> TaskReference? {
        guard let place = tokens.firstIndex(where: { $0.isWord(Self.exceptions) }),
            let whole = pronoun(tokens[..<place].trimmed) ?? all(tokens[..<place].trimmed)
        else { return nil }
        switch whole {
        case .all, .them: break
        default: return nil
        }
        let rest = tokens[(place + 1)...].trimmed.drop { $0.isWord(["for", "from", "than", "not"]) }
        guard let exception = reference(rest) else { return nil }
        if case .except = exception { return nil }
        return .except(whole, exception)
    }

    static let exceptions: Set<String> = [
        "except", "excepting", "excluding", "but", "besides", "apart", "other", "save", "minus", "bar", "barring",
    ]

    private func pronoun(_ tokens: Tokens) -> TaskReference? {
        guard let phrase = tokens.phrase() else { return nil }
        return switch phrase {
        case "it", "that", "this", "that one", "this one", "the one", "that task", "this task", "that item", "same",
            "the same", "the same one", "the task", "this item", "that todo", "this todo":
            .it
        case "them", "those", "these", "both", "both of them", "all of them", "all of those", "all of these",
            "them all",
            "those tasks", "these tasks", "both tasks", "all those", "all these", "those two", "these two", "the tasks",
            "each of them", "every one of them", "those ones", "these ones":
            .them
        default: nil
        }
    }

    /// "3", "task 3", "tasks 1, 2 and 4", "1-3", "number three".
    private func numbers(_ tokens: Tokens) -> TaskReference? {
        var ids: [Int] = []
        var hasNoun = false
        var tail = tokens
        while let token = tail.first {
            tail = tail.dropFirst()
            if token.isWord(Self.numberNouns) {
                hasNoun = true
            } else if let number = token.number ?? (hasNoun ? NumberWords.cardinals[token.key] : nil) {
                let isRange = tail.first.map { ["to", "through", "until", "-"].contains($0.key) } ?? false
                if isRange, let end = tail.at(1)?.number, number < end, end - number < 100 {
                    ids += number...end
                    tail = tail.dropFirst(2)
                } else {
                    ids.append(number)
                }
            } else if let range = dashed(token) {
                ids += range
            } else if !["and", ",", "&", "also", "the", "my", "."].contains(token.key) {
                return nil
            }
        }
        return ids.isEmpty ? nil : .ids(ids.unique)
    }

    private func dashed(_ token: Token) -> ClosedRange<Int>? {
        let ends = token.key.split(separator: "-").map { Int($0) }
        guard token.kind == .word, ends.count == 2, let first = ends[0], let last = ends[1], first <= last,
            last - first < 100
        else { return nil }
        return first...last
    }

    /// "the first one", "the last two", "the first and the third".
    private func places(_ tokens: Tokens) -> TaskReference? {
        var words = tokens.filter {
            !$0.isPunctuation
                && ![
                    "the", "my", "and", "task", "tasks", "one", "ones", "item",
                    "items", "of", "them", "those", "todo", "todos", "list", "in", "on", "very",
                ].contains($0.key)
        }[...]
        guard let first = words.first, first.kind != .quoted else { return nil }
        if words.count == 2, let count = NumberWords.count(words.last), (1...100).contains(count) {
            if first.key == "first" || first.key == "top" { return .firstPlaces(count) }
            if first.key == "last" || first.key == "bottom" { return .lastPlaces(count) }
        }
        var places: [Int] = []
        while let word = words.popFirst() {
            if ["last", "latest", "newest", "bottom"].contains(word.key) {
                places.append(-1)
            } else if word.key == "top" {
                places.append(1)
            } else if let place = NumberWords.ordinals[word.key] {
                places.append(place)
            } else {
                return nil
            }
        }
        return .places(places.unique)
    }

    /// "everything", "all completed tasks", "the overdue tasks".
    private func all(_ tokens: Tokens) -> TaskReference? {
        guard !tokens.contains(where: { $0.kind == .quoted || $0.kind == .number }) else { return nil }
        // "all work tasks" means the tag; "work tasks" alone can also be words of a title.
        let isAll = tokens.contains { $0.isWord(FilterWords.all) }
        let (filter, rest) = isAll ? TaskFilter.withTopic(tokens, local) : TaskFilter.parse(tokens, local)
        let hasPlural = tokens.contains {
            $0.isWord(["tasks", "todos", "to-dos", "items", "reminders", "ones", "list"])
        }
        guard rest.isEmpty, filter.status != nil || (hasPlural && !filter.isEmpty) else { return nil }
        guard hasPlural || tokens.count == 1 || isAll else {
            return nil
        }
        return .all(filter)
    }

    /// Reads "task 3 and the milk task" as several, if each part says that it is one.
    private func several(_ tokens: Tokens) -> TaskReference? {
        let sides = tokens.split { $0.key == "and" || $0.key == "," || $0.key == "&" }
        guard sides.count > 1, sides.count <= 20 else { return nil }
        let saysTask = sides.map { side in side.contains { $0.isWord(Self.numberNouns) || $0.number != nil } }
        guard saysTask.allSatisfy(\.self) else { return nil }
        let references = sides.compactMap { reference($0) }
        return references.count == sides.count ? .several(references) : nil
    }

    private func title(_ tokens: Tokens) -> TaskReference? {
        // "task 3 by Friday" names task 3 and something that was not understood.
        let isMixed = zip(tokens, tokens.dropFirst()).contains { $0.isWord(Self.numberNouns) && $1.number != nil }
        guard !isMixed else { return nil }
        let whole = words(tokens)
        // Digits and symbols name no task, because they would match any title with a number.
        guard whole.contains(where: \.isLetter),
            !tokens.allSatisfy({ $0.isWord(Self.numberNouns.union(FilterWords.determiners)) })
        else {
            return nil
        }
        if tokens.count == 1, tokens.first?.isWord(Self.persons) == true { return nil }
        let sides = tokens.split { $0.key == "and" || $0.key == "," || $0.key == "&" }
        return .title(whole, parts: (2...20).contains(sides.count) ? sides.map(words).filter { !$0.isEmpty } : [])
    }

    /// Returns the words of a title, as written.
    private func words(_ tokens: Tokens) -> String {
        var tokens = tokens
        while let first = tokens.first, first.isWord(FilterWords.determiners) || first.isPunctuation {
            tokens = tokens.dropFirst()
        }
        // "the task about milk", "the task called milk".
        if tokens.count > 2, let noun = tokens.first, noun.isWord(Self.numberNouns),
            let word = tokens.at(1), word.isWord(["about", "called", "named", "titled", "to", "for", "with", "of"])
        {
            tokens = tokens.dropFirst(2).drop { $0.isWord(FilterWords.determiners) }
        }
        if tokens.count > 1, tokens.first?.isWord(Self.numberNouns) == true { tokens = tokens.dropFirst() }
        while tokens.count > 1, let last = tokens.last,
            last.isPunctuation || last.isWord(Self.numberNouns) || last.key == "one"
        {
            tokens = tokens.dropLast()
        }
        if tokens.count == 1, let quoted = tokens.first, quoted.kind == .quoted { return quoted.text }
        guard let first = tokens.first, let last = tokens.last else { return "" }
        let words = text[first.range.lowerBound..<last.range.upperBound]
        work.spend(words.utf8.count / 4)
        return words.trimmed
    }

    private static let persons: Set<String> = [
        "me", "you", "him", "her", "us", "myself", "yourself", "nothing", "none", "nobody",
    ]
    private static let numberNouns: Set<String> = [
        "task", "tasks", "number", "numbers", "no", "nr", "item", "items", "todo", "todos", "to-do", "id", "ids",
        "reminder", "reminders",
    ]
}

extension Array where Element: Hashable {
    /// The distinct elements, in the order of their first occurrence.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
