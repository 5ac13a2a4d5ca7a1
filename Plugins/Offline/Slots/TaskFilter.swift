import JSON

/// The criteria by which a sentence selects tasks.
struct TaskFilter: Sendable, Hashable {
    enum Status: String, Sendable { case all, pending, completed }

    /// The status; nil when the sentence names none.
    var status: Status?
    var priority: Priority?
    var tag: String?
    /// A word that is a tag or, if there is no such tag, a search word: "health tasks".
    var topic: String?
    var due: DateRange?
    var completed: DateRange?
    var isOverdue = false
    /// Whether the tasks have a due date; nil for both.
    var hasDueDate: Bool?

    var isEmpty: Bool { self == TaskFilter() }

    /// Whether the sentence says nothing of due dates.
    var isTimeless: Bool { due == nil && hasDueDate == nil }

    /// The filters whose tasks together are those of this one, for lists with more tasks than one call returns.
    var parts: [TaskFilter] {
        var parts = [self, self]
        if status == .all || status == nil {
            (parts[0].status, parts[1].status) = (.pending, .completed)
            return parts
        }
        guard priority == nil else { return [] }
        return Priority.allCases.map { level in
            var part = self
            part.priority = level
            return part
        }
    }

    /// Parses like `parse`, and takes one remaining word as the topic: before a word for tasks, or after "about".
    static func withTopic(_ tokens: Tokens, _ local: LocalTime) -> (filter: TaskFilter, rest: [Token]) {
        let (filter, rest) = parse(tokens, local)
        guard let word = rest.first, rest.count == 1, word.kind == .word, word.text.unicodeScalars.count > 1,
            filter.tag == nil,
            let place = tokens.firstIndex(where: { $0.range == word.range }),
            tokens[(place + 1)...].first?.isWord(FilterWords.plurals) == true
        else { return (filter, rest) }
        var found = filter
        found.topic = word.text
        return (found, [])
    }

    /// Parses the words of a filter, and returns the remaining ones without filler words.
    static func parse(_ tokens: Tokens, _ local: LocalTime) -> (filter: TaskFilter, rest: [Token]) {
        var filter = TaskFilter()
        var range: DateRange?
        var rest: [Token] = []
        var tail = tokens
        var isNegated = false
        var previous: Token?
        while let token = tail.first {
            if let (found, after) = Self.dueDate(tail) {
                filter.hasDueDate = found
                tail = after
                continue
            }
            if let (found, after) = DateRangeParser(local: local).range(tail) {
                range = found
                tail = after
                continue
            }
            if let (priority, after) = Priority.leading(tail) {
                filter.priority = priority
                tail = after
                continue
            }
            if let (tags, after) = TagPhrase.leading(tail), tags.count == 1 {
                filter.tag = tags.first
                tail = after
                continue
            }
            tail = tail.dropFirst()
            defer { previous = token }
            if token.isWord(["not", "yet", "never"]) {
                isNegated = isNegated || token.key != "yet"
            } else if token.isWord(FilterWords.overdue) {
                filter.isOverdue = true
            } else if token.isWord(FilterWords.pending) {
                filter.status = .pending
            } else if token.isWord(FilterWords.completed) {
                // "to be done" means pending.
                filter.status = isNegated || previous?.key == "be" ? .pending : .completed
            } else if token.isWord(FilterWords.all) {
                filter.status = filter.status ?? .all
            } else if !token.isPunctuation, !token.isWord(FilterWords.empty) {
                rest.append(token)
            }
        }
        if filter.isOverdue { filter.status = .pending }
        // "without any due date yet" names no time.
        if filter.hasDueDate == false { range = nil }
        if filter.status == .completed { filter.completed = range } else { filter.due = range }
        return (filter, rest)
    }

    /// "without a due date", "no deadline", "do not have a date", "undated", "with a due date".
    static func dueDate(_ tokens: Tokens) -> (isSet: Bool, rest: Tokens)? {
        guard let first = tokens.first else { return nil }
        if first.isWord(["undated", "unscheduled", "dateless"]) { return (false, tokens.dropFirst()) }
        var rest = tokens.dropFirst()
        let isSet: Bool
        switch first.key {
        case "without", "no", "lacking", "missing": isSet = false
        case "not" where rest.first?.key == "have":
            isSet = false
            rest = rest.dropFirst()
        case "with":
            isSet = rest.first?.key != "no"
            if !isSet { rest = rest.dropFirst() }
        default: return nil
        }
        if let article = rest.first, article.isWord(["a", "an", "any", "the", "set"]) { rest = rest.dropFirst() }
        if rest.first?.key == "due" { rest = rest.dropFirst() }
        guard let noun = rest.first, noun.isWord(["date", "dates", "deadline", "deadlines"]) else { return nil }
        return (isSet, rest.dropFirst())
    }
}

/// The words of questions about the list.
enum FilterWords {
    /// Plural words for tasks.
    static let plurals: Set<String> = ["tasks", "todos", "to-dos", "items", "reminders", "things", "chores", "stuff"]
    static let overdue: Set<String> = ["overdue", "late", "behind"]
    static let pending: Set<String> = [
        "pending", "open", "outstanding", "remaining", "remain", "remains", "left", "undone", "unfinished",
        "incomplete",
        "active", "uncompleted", "unresolved",
    ]
    static let completed: Set<String> = [
        "completed", "complete", "done", "finished", "finish", "accomplished", "closed", "achieved",
    ]
    static let all: Set<String> = ["all", "everything", "every", "whole", "entire", "full"]
    static let tasks: Set<String> = [
        "task", "tasks", "todo", "todos", "to-do", "to-dos", "item", "items", "reminder", "reminders", "thing",
        "things", "entry", "entries", "chore", "chores", "stuff",
    ]
    static let determiners: Set<String> = ["the", "my", "a", "an", "our", "this", "that", "these", "those", "your"]
    /// Filler words.
    static let empty: Set<String> = tasks.union(determiners).union([
        "me", "i", "we", "have", "has", "had", "is", "are", "was", "were", "be", "been", "being", "to", "do", "did",
        "does", "on", "in", "of", "for", "with", "list", "lists", "there", "any", "anything", "which", "what", "got",
        "get", "need", "needs", "only", "should", "must", "still", "currently", "now", "right", "please", "ones", "one",
        "and", "due",
        "by", "so", "far", "already", "up", "coming", "upcoming", "scheduled", "planned", "again", "them", "it",
        "exist", "just", "am", "at", "marked", "as", "out", "status", "ever", "here", "want", "can", "you", "see",
        "show", "tell", "plate", "agenda", "schedule", "today's", "going", "next", "many", "priority", "some", "that",
    ])
}
