import Foundation

/// A reader of clauses in a language other than English.
struct LanguageReader {
    let language: Language
    let slots: SlotReader

    /// Returns the request that a pattern of the language reads.
    func request(_ tokens: Tokens) -> Intent? {
        // A title can be longer than any other part of a sentence.
        let isLong = tokens.count > IntentParser.longest
        let isPast = tokens.first.map(isPast) ?? false
        for rule in language.rules {
            for pattern in rule.patterns where !isLong || pattern.captures < 2 {
                guard !slots.work.isSpent else { return nil }
                let intent = pattern.match(tokens, typos: nil, slots.work) { found in
                    // A report completes a task, but is no other request.
                    guard !isPast || pattern.isOpen || rule.isReport else { return Intent?.none }
                    return rule.intent(found, isOpen: pattern.isOpen, language, slots)
                }
                if let intent { return intent }
            }
        }
        return nil
    }

    private func isPast(_ verb: Token) -> Bool {
        verb.text.utf8.count <= 64
            && language.pasts.contains { verb.text.precomposedStringWithCanonicalMapping.hasSuffix($0) }
    }

    /// Returns the task of an errand with a date or a recurrence, or the offer to add one without.
    func errand(_ tokens: Tokens) -> NewTask? {
        let english = language.translated(tokens, slots.work)
        guard !tokens.contains(where: { $0.isWord(language.asides) || $0.isWord(language.negations) }),
            let task = slots.tasks.single(english), task.slots.due != nil || task.slots.recurrence != nil
        else { return nil }
        let lexer = Lexer(task.title, slots.work)
        return language.isErrand(lexer.tokens[...], in: lexer.text) ? task : nil
    }
}
