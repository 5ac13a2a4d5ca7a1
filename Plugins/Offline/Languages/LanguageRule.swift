import JSON

/// The meaning of clauses of another language that match one of the patterns.
struct LanguageRule: Sendable {
    let meaning: Meaning
    var patterns: [Pattern]

    /// The requests that a language has patterns for. Questions have none: they are read by their English.
    enum Meaning: String, Sendable, CaseIterable {
        /// One task, even if its title has "and".
        case addOne
        /// A task for each part of the list.
        case addSeveral
        case add
        case addNothing
        /// "remind me <when> to <title>"
        case remember
        /// "I must <title>"
        case need
        case complete
        /// A statement that a task is completed.
        case completed
        case reopen
        /// A statement that a task is not completed.
        case notCompleted
        /// A pattern without a capture means the task last spoken of.
        case delete
        case deleteThem
        case rename
        case move
        case undo
        case yes
        case no
        case hello, thanks, goodbye, help, whoAreYou
    }

    /// Whether it reads what the user has done.
    var isReport: Bool { if case .completed = meaning { true } else { false } }

    /// - Parameter isOpen: Whether the pattern begins with a capture, which then can have the words of a question.
    func intent(_ found: [String: Tokens], isOpen: Bool, _ language: Language, _ slots: SlotReader) -> Intent? {
        var found = found
        // "That I must pay the bills."
        if let title = found["title"]?.trimmed, title.count > 2, title.last?.isWord(language.modals) == true {
            found["title"] = title.dropLast()
        }
        let said = ["ref", "title"].compactMap { found[$0]?.trimmed }
        if said.contains(where: { isDenied($0, language) }) { return .no }
        let words = [found["ref"], isOpen ? found["title"] : nil].compactMap(\.self).joined()
        guard !words.contains(where: { $0.isWord(language.asides) }),
            !isOpen || words.first?.isWord(language.verbs) != true
        else { return nil }
        guard found["title"].map({ isWanted($0.trimmed, language, slots) }) ?? true else { return nil }
        let captures = Captures(tokens: found.mapValues { language.translated($0, slots.work) }, slots: slots)
        return intent(captures)
    }

    /// Returns whether a negation is among the words of a task, or at an end of a title.
    private func isDenied(_ words: Tokens, _ language: Language) -> Bool {
        switch meaning {
        case .reopen, .notCompleted, .yes, .no, .hello, .thanks, .goodbye, .help, .whoAreYou: false
        case .addOne, .addSeveral, .add:
            [words.first, words.last].contains { $0?.isWord(language.negations) ?? false }
        default: words.contains { $0.isWord(language.negations) }
        }
    }

    /// Returns whether the title of a need is an errand, and that of a reminder more than a wish ("live").
    private func isWanted(_ title: Tokens, _ language: Language, _ slots: SlotReader) -> Bool {
        let isWish = title.contains { $0.isWord(language.wishes) }
        return switch meaning {
        case .need: !isWish && language.isErrand(title, in: slots.text)
        case .remember:
            (!isWish || title.count > 2) && !SmallTalk.isNoReminder(language.translated(title, slots.work))
        default: true
        }
    }

    private func intent(_ captures: Captures) -> Intent? {
        let reference = captures.tokens["ref"] == nil ? .it : captures.reference
        switch meaning {
        case .addOne:
            guard let title = captures.tokens["title"], !SmallTalk.isNoTitle(title) else { return nil }
            return captures.slots.tasks.single(title).map { .add([$0]) }
        case .addSeveral: return added(captures, isList: true)
        case .add, .need: return added(captures, isList: false)
        case .addNothing: return .addNothing
        case .remember: return reminder(captures)
        case .complete: return reference.map { .complete($0, true) }
        case .completed:
            guard let reference, !reference.readsList || captures.saysTask else { return nil }
            return .complete(reference, true)
        case .reopen: return reference.map { .complete($0, false) }
        case .notCompleted: return captures.namesTask ? reference.map { .complete($0, false) } : nil
        case .delete: return reference.map { .delete($0) }
        case .deleteThem: return .delete(.them)
        case .rename: return reference.flatMap { renamed($0, captures) }
        case .move: return Rule.moved(captures)
        case .undo: return .undo(change: nil)
        case .yes: return .yes
        case .no: return .no
        case .hello: return .say(.hello)
        case .thanks: return .say(.thanks)
        case .goodbye: return .say(.goodbye)
        case .help: return .say(.help)
        case .whoAreYou: return .say(.whoAreYou)
        }
    }

    private func added(_ captures: Captures, isList: Bool) -> Intent? {
        guard let title = captures.tokens["title"]?.trimmed, !SmallTalk.isNoTitle(title) else { return nil }
        let tasks = captures.slots.tasks.several(title, isList: isList)
        return tasks.isEmpty ? .addNothing : .add(tasks)
    }

    private func reminder(_ captures: Captures) -> Intent? {
        guard case .add(var tasks)? = added(captures, isList: false) else { return nil }
        if let when = captures.tokens["when"] {
            var found = TaskSlots()
            if let (recurrence, due) = captures.recurrence(when) {
                found.recurrence = recurrence
                found.due = due ?? recurrence.due(captures.local)
            } else {
                guard let due = captures.due else { return nil }
                found.due = due
            }
            tasks = tasks.map { NewTask(title: $0.title, slots: $0.slots.filled(from: found)) }
        }
        return .add(tasks)
    }

    /// A date alone is a new due date, a quotation never.
    private func renamed(_ reference: TaskReference, _ captures: Captures) -> Intent? {
        guard let words = captures.tokens["title"]?.trimmed, let title = captures.title else { return nil }
        if words.first?.kind != .quoted, let moved = Rule.due(words, of: reference, captures) { return moved }
        return .update(reference, TaskChanges(arguments: ["title": .string(title)]))
    }
}
