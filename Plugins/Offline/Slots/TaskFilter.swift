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

    var isEmpty: Bool { self == TaskFilter() }

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
        if filter.status == .completed { filter.completed = range } else { filter.due = range }
        return (filter, rest)
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
