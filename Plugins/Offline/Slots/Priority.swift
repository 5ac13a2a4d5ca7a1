/// The priority of a task, with the names that the tools use.
enum Priority: String, Sendable, Hashable, CaseIterable {
    case low, medium, high

    /// Creates the priority for a level: "high", "top", "normal".
    init?(level: String) {
        switch level {
        case "high", "higher", "highest", "top", "max", "maximum": self = .high
        case "medium", "normal", "mid", "regular", "default", "moderate": self = .medium
        case "low", "lower", "lowest", "minor": self = .low
        default: return nil
        }
    }

    /// Returns the priority at the start: "high priority", "urgent", "priority: low".
    static func leading(_ tokens: Tokens) -> (Priority, rest: Tokens)? {
        guard let first = tokens.first, first.kind == .word else { return nil }
        if ["urgent", "important", "asap", "critical"].contains(first.key) { return (.high, tokens.dropFirst()) }
        if first.key == "no", tokens.at(1)?.isWord(["rush", "hurry"]) == true { return (.low, tokens.dropFirst(2)) }
        if let dash = first.key.firstIndex(of: "-"), nouns.contains(String(first.key[dash...].dropFirst())),
            let priority = Priority(level: String(first.key[..<dash]))
        {
            return (priority, tokens.dropFirst())
        }
        if let priority = Priority(level: first.key), let next = tokens.at(1), next.isWord(nouns) {
            return (priority, tokens.dropFirst(2))
        }
        guard first.isWord(nouns) else { return nil }
        var rest = tokens.dropFirst()
        while let next = rest.first, [":", "is", "=", "to"].contains(next.key) { rest = rest.dropFirst() }
        guard let priority = rest.first.flatMap({ Priority(level: $0.key) }) else { return nil }
        return (priority, rest.dropFirst())
    }

    /// Returns the priority that the tokens consist of; "high" alone suffices here.
    static func whole(_ tokens: Tokens) -> Priority? {
        var tokens = tokens.trimmed
        while let first = tokens.first, fillers.contains(first.key) { tokens = tokens.dropFirst() }
        if tokens.count == 1, let priority = tokens.first.flatMap({ Priority(level: $0.key) }) { return priority }
        guard let (priority, rest) = leading(tokens), rest.trimmed.isEmpty else { return nil }
        return priority
    }

    /// Returns the priority at the end, and the tokens before it.
    static func trailing(_ tokens: Tokens) -> (Priority, rest: Tokens)? {
        for start in tokens.indices.suffix(3) {
            guard let (priority, rest) = leading(tokens[start...]), rest.allSatisfy(\.isPunctuation) else { continue }
            var before = tokens[..<start]
            while let last = before.last, last.isPunctuation || fillers.contains(last.key) {
                before = before.dropLast()
            }
            return (priority, before)
        }
        return nil
    }

    private static let nouns: Set<String> = ["priority", "prio", "importance"]
    private static let fillers: Set<String> = ["with", "as", "a", "of", "at", "very", "it", "is", "really", "to"]
}
