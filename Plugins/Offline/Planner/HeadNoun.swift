/// Words that say what kind of thing a task is, and that its title may lack: "the dentist appointment".
enum HeadNoun {
    /// Returns the title without such a word at the end, or at the start with a preposition ("the appointment with Dr.
    /// Weber"); nil if it has none.
    ///
    /// - Parameter isDeletion: Whether only words are removed that say nothing: "the team meeting" is not "Team lunch".
    static func removed(from title: String, isDeletion: Bool = false) -> String? {
        let words = title.split(whereSeparator: \.isWhitespace)
        guard (2...12).contains(words.count), let first = words.first, let last = words.last else { return nil }
        func isOne(of nouns: Set<String>, _ word: Substring) -> Bool {
            word.utf8.count <= 16 && nouns.contains(Language.base(of: String(word)))
        }
        let nouns = isDeletion ? empty : empty.union(telling)
        if isOne(of: nouns, last) { return words.dropLast().joined(separator: " ") }
        guard words.count > 2, isOne(of: nouns, first), isOne(of: prepositions, words[1]) else { return nil }
        return words.dropFirst(2).joined(separator: " ")
    }

    private static let empty: Set<String> = [
        "appointment", "appointments", "appt", "task", "tasks", "reminder", "reminders", "event", "item", "items",
        "todo", "todos", "to-do", "to-dos", "entry", "errand", "chore", "thing", "one",
    ]
    private static let telling = Language.all.reduce(
        into: ["meeting", "meetings", "call", "session", "visit", "note", "date", "deadline", "job"] as Set<String>
    ) { $0.formUnion($1.kinds) }
    private static let prepositions = Language.all.reduce(
        into: ["with", "at", "about", "for", "of", "to", "on"] as Set<String>
    ) { $0.formUnion($1.joints) }
}
