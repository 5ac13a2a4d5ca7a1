import JSON
import ProviderKit

extension Planner {
    /// Reads a message as the answer to a question of this adapter; nil when it is not one.
    func followUp(_ tokens: Tokens) -> [Intent]? {
        guard let asked = turns.last else { return nil }
        let polished = parser.polished(tokens)
        if asked.asks(.askTitle, Phrases.askTitle) {
            let isOther = parser.intent(tokens) != nil
            return isOther ? nil : slots.tasks.single(slots.english(polished)).map { [.add([$0])] }
        }
        if asked.asks(.offerTask, Phrases.offerTask), case .yes? = parser.intent(tokens) {
            let asked = Utterance(asked.user, slots.local, slots.work)
            let words = asked.parser.slots.english(asked.parser.polished(asked.tokens))
            return asked.parser.slots.tasks.single(words).map { [.add([$0])] }
        }
        guard asked.asks(.which, Phrases.askWhich) || asked.asks(.didYouMean, Phrases.didYouMean),
            let reference = chosen(polished), let intent = askedIntent
        else { return nil }
        return [intent.about(reference)]
    }

    /// Returns the task that the user chose from those offered.
    private func chosen(_ tokens: Tokens) -> TaskReference? {
        let english = slots.english(tokens)
        if ["all", "all of them", "both", "both of them", "everything"].contains(english.phrase()) { return .them }
        if let reference = slots.references.bare(english) {
            // "Done" does not choose anything.
            if case .all = reference { return nil }
            return reference
        }
        switch parser.intent(tokens) {
        case .yes: return memory.single == nil ? nil : .it
        case nil:
            // An errand with a date is a task to add.
            if parser.intents(tokens).contains(where: \.changesTasks) { return nil }
            return slots.reference(english)
        default: return nil
        }
    }

    /// The request that led to the question; several questions can follow each other.
    private var askedIntent: Intent? {
        for turn in turns.suffix(4).reversed() {
            // A request that exceeded the limit in its own turn exceeds it here too.
            let work = Work(limit: Work.limit / 8)
            let utterance = Utterance(turn.user, slots.local, work)
            let intents = utterance.parser.intents(utterance.tokens)
            self.slots.work.spend(work.steps)
            guard !work.isSpent else { continue }
            if let intent = intents.last(where: { $0.reference != nil }) { return intent }
        }
        return nil
    }

    /// Repeats the calls that were refused until confirmed; the server decides whether the user has confirmed.
    mutating func confirm() -> String? {
        let steps = unconfirmed
        guard !steps.isEmpty else { return phrases.nothingToConfirm }
        var outcomes: [String] = []
        for step in steps {
            guard let tool = ToolName(rawValue: step.call.name), toolbox.offers(tool) else {
                return Phrases.cannot("do that")
            }
            guard let result = replay.call(tool, step.call.arguments) else { continue }
            outcomes.append(phrases.outcome(of: step.call.name, step.call.arguments, result))
        }
        return outcomes.count == steps.count ? outcomes.joined(separator: "\n") : nil
    }

    func refuse() -> String { unconfirmed.isEmpty ? phrases.fine : phrases.leftAlone }

    private var unconfirmed: [Conversation.Step] {
        turns.last?.steps.filter { ToolFailure($0.result(slots.work))?.needsConfirmation ?? false } ?? []
    }
}

extension Conversation.Turn {
    /// Returns whether the answer asks a question, in any language.
    fileprivate func asks(_ question: AnswerWords.Key, _ english: String) -> Bool {
        AnswerWords.all(question, english: english).contains { text.contains($0) }
    }
}

extension Intent {
    /// The task that the intent refers to.
    var reference: TaskReference? {
        switch self {
        case .show(let reference), .complete(let reference, _), .delete(let reference), .update(let reference, _),
            .restore(let reference):
            reference
        default: nil
        }
    }

    /// Returns the same request for another task.
    fileprivate func about(_ chosen: TaskReference) -> Intent {
        var reference = chosen
        // The question was which task is the exception.
        if case .except(let whole, _)? = self.reference { reference = .except(whole, chosen) }
        return switch self {
        case .show: .show(reference)
        case .complete(_, let completed): .complete(reference, completed)
        case .delete: .delete(reference)
        case .update(_, let changes): .update(reference, changes)
        case .restore: .restore(reference)
        default: self
        }
    }
}
