/// The meaning of clauses that match a pattern; `build` returns nil when the captures are not valid.
struct Rule: Sendable {
    let patterns: [Pattern]
    let build: @Sendable (Captures) -> Intent?

    init(_ patterns: String..., build: @escaping @Sendable (Captures) -> Intent?) {
        self.patterns = patterns.map(Pattern.init)
        self.build = build
    }

    /// All rules, from specific to general.
    static let changes = listing + updating + searching + completing + reporting + deleting + adding
}

/// The captures of a pattern, read as slots.
struct Captures {
    let tokens: [String: Tokens]
    let slots: SlotReader

    var local: LocalTime { slots.local }
    var reference: TaskReference? { slots.reference(tokens["ref"]) }
    /// The words of the reference.
    var said: Tokens? { tokens["ref"]?.trimmed }
    /// Whether the reference has a word for tasks.
    var saysTask: Bool { said?.contains { $0.isWord(FilterWords.tasks) } ?? false }
    /// Whether the reference can only mean a task of the list, and is no subject of small talk ("life should be easy").
    var namesTask: Bool { saysTask || reference.map { $0.isExplicit && !$0.readsList } ?? false }
    var title: String? { slots.title(tokens["title"]) }
    var due: DueDate? {
        slots.work.spend(50)
        return tokens["when"].flatMap { slots.dates.whole($0) }
    }
    /// How often, and when first, where the words name both a rule and a date.
    func recurrence(_ tokens: Tokens) -> (Recurrence, due: DueDate?)? {
        slots.work.spend(100 + tokens.count)
        return RecurrenceParser(local: local).whole(tokens.trimmed, slots.dates)
    }
    var priority: Priority? { tokens["level"].flatMap(Priority.whole) }
    var tags: [String]? {
        guard let found = tokens["tags"], let (tags, rest) = TagPhrase.names(found), rest.trimmed.isEmpty else {
            return nil
        }
        return tags
    }
}
