import Foundation
package import ProviderKit

extension Planner {
    /// Returns the meaning of the last message, for use beside a model.
    package static func reading(_ request: ChatRequest) -> MessageReading {
        let (intents, step) = read(request, Work(), Work())
        var kind = kind(of: intents, step)
        if kind == .other, let message = request.messages.last(where: \.isUser), asksForNoChange(message) {
            kind = .noChange
        }
        return MessageReading(
            kind: kind, isCertain: kind == .noChange || kind != .other && intents.allSatisfy(\.isBeyondDoubt),
            step: step.messageStep)
    }

    /// Whether the words of a message that no rule knows begin with a negation, ask something or quote.
    private static func asksForNoChange(_ message: ChatMessage) -> Bool {
        guard case .user(let text) = message else { return false }
        let utterance = Utterance(text, LocalTime(now: Date(timeIntervalSince1970: 0), timeZone: .gmt), Work())
        return utterance.tokens.prefix(negationPlace).contains { $0.isWord(negations) }
            || utterance.parser.isDoubted(utterance.tokens)
    }

    private static let negationPlace = 4
    private static let negations: Set<String> = [
        "don't", "dont", "not", "never", "nicht", "kein", "keine", "keinen", "nichts", "no", "nunca", "nada",
    ]

    private static func kind(of intents: [Intent], _ step: Step) -> MessageReading.Kind {
        // A message with one sentence that no rule knows may mean something else altogether.
        guard !intents.isEmpty, !intents.contains(where: \.isUnknown) else { return .other }
        if case .call(let calls) = step,
            calls.contains(where: { ToolName(rawValue: $0.name)?.changesTasks ?? false })
        {
            return .change
        }
        if intents.contains(where: \.changesTasks) { return .change }
        if intents.allSatisfy(\.isTalk) { return .noChange }
        return intents.contains(where: \.looksAtTasks) ? .look : .other
    }
}

extension Planner.Step {
    fileprivate var messageStep: MessageReading.Step {
        switch self {
        case .call(let calls): .call(calls)
        case .answer(let text): .answer(text)
        }
    }
}

extension Intent {
    fileprivate var isUnknown: Bool {
        switch self {
        case .unclear, .errand, .addNothing: true
        default: false
        }
    }

    /// Whether it greets, thanks or asks about the assistant.
    fileprivate var isTalk: Bool {
        if case .say(let talk) = self { talk != .restoring } else { false }
    }

    fileprivate var looksAtTasks: Bool {
        switch self {
        case .list, .show: true
        default: false
        }
    }

    /// Whether the words name the request and its tasks, without earlier messages.
    fileprivate var isBeyondDoubt: Bool {
        switch self {
        case .add(let tasks): tasks.allSatisfy { !$0.mentionsList }
        case .complete(let reference, _), .delete(let reference), .update(let reference, _), .show(let reference):
            !reference.needsContext
        case .list, .undo, .undoLast: true
        case .addNothing, .search, .redo, .restore, .yes, .no, .say, .unclear, .errand: false
        }
    }
}

extension NewTask {
    /// Words in a title that may belong to the request instead: "add milk to the description of task 3".
    private static let listWords: Set<String> = [
        "task", "tasks", "list", "description", "tag", "tags", "priority", "deadline", "due", "title", "note",
    ]

    fileprivate var mentionsList: Bool {
        title.utf8.count > 200
            || title.lowercased().split(whereSeparator: { !$0.isLetter }).contains {
                Self.listWords.contains(String($0))
            }
    }
}

extension ChatMessage {
    fileprivate var isUser: Bool {
        if case .user = self { true } else { false }
    }
}
