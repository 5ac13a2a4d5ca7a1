import Foundation
import JSON

/// The texts of the answers, which state only what results say.
struct Phrases {
    let local: LocalTime
    /// The texts in the language of the message; nil for English.
    var words: AnswerWords?

    /// Returns a text in a language other than English, with the values in its gaps.
    func say(_ key: AnswerWords.Key, _ values: String...) -> String? { words?.text(key, values) }

    /// Returns a text above the examples of requests.
    func guide(_ key: AnswerWords.Key, _ values: String...) -> String? {
        guard let words, let start = words.text(key, values), let examples = words.variants(.examples) else {
            return nil
        }
        return start + "\n" + examples.map { "- " + $0 }.joined(separator: "\n")
    }

    private static let abilities = """
        - Add a task to buy groceries tomorrow at 5 pm
        - Show me all my tasks / What's pending? / What is due this week?
        - Mark task 3 as complete / Reopen task 3
        - Change task 1 to 'Call mom tonight' / Move task 2 to Friday
        - Make task 4 high priority / Tag task 4 as work
        - Delete the meeting task
        - Find dentist / How many are overdue? / Undo that
        """
    static let help =
        "I am the simple mode: rules for plain English, no AI model. You can say, for example:\n" + abilities
    static let standingIn = "The AI cannot be reached at the moment: this is the simple mode."
    static let nothingSaid = "I did not get any words. You can say, for example:\n" + abilities
    static let tooMuch =
        "That is more at once than I can do safely. Please send it in smaller parts; I changed nothing."
    static let tooLong =
        "That message is too long for me: I am the simple mode. Please send it in smaller parts; I changed nothing."
    static let stopped =
        "I stopped here: this took more steps than one message may take. Please say what is still missing."
    static let takenOver = """
        The answer was interrupted, so I left everything else as it is. Please say what is still missing.
        """
    static let askTitle = "What should the task say?"
    static let askWhich = "Which one do you mean?"
    static let didYouMean = "Did you mean"
    static let offerTask = "Shall I add it as a task?"
    static let nothingToRedo = "I have just undone nothing, so there is nothing to do again."
    static let addedAnew = "I cannot take that deletion back by itself, so I added the task anew."

    var askTitle: String { say(.askTitle) ?? Self.askTitle }
    var askWhich: String { say(.which) ?? Self.askWhich }
    var didYouMean: String { say(.didYouMean) ?? Self.didYouMean }
    var help: String { guide(.help) ?? Self.help }
    var noneSuch: String { say(.noneSuch) ?? "There are no such tasks, so I changed nothing." }
    var nothingToConfirm: String {
        say(.nothingToConfirm) ?? "There is nothing that waits for your confirmation."
    }
    var leftAlone: String { say(.leftAlone) ?? "Okay, I leave everything as it is." }
    var fine: String { say(.fine) ?? "Okay." }
    var cut: String { say(.cut) ?? "There may be more: this is as many as I can see at once." }

    static func cannot(_ what: String) -> String { "I cannot \(what) here." }

    /// Offers to add a text that sounds like something to do: "buy milk".
    func offer(_ words: String) -> String {
        say(.offer, words, say(.offerTask) ?? "")
            ?? "I am not sure what to do with \"\(words)\". \(Self.offerTask)"
    }

    func unclear(_ words: String) -> String {
        let shown = words.count > 80 ? words.prefix(80) + "…" : words[...]
        if let text = guide(.unclear, String(shown)) { return text }
        let start = words.isEmpty ? "I do not understand that." : "I do not understand \"\(shown)\"."
        return start + " I am the simple mode for plain English. I can do things like:\n" + Self.abilities
    }

    func talk(_ talk: Talk) -> String {
        switch talk {
        case .hello:
            say(.hello) ?? "Hello! I can add, list, change, complete and delete tasks. Say \"help\" for examples."
        case .thanks: say(.thanks) ?? "You're welcome!"
        case .goodbye: say(.goodbye) ?? "Goodbye!"
        case .help: help
        case .whoAreYou:
            say(.whoAreYou)
                ?? "I am the simple mode of this todo assistant: rules for plain English, no AI. Say \"help\" to see more."
        case .howAreYou: "I work. What can I do for your list?"
        case .praise: "Glad to hear it."
        case .date: "It is \(clock)."
        case .restoring:
            "I can bring back what was changed last: say \"undo that\", or \"undo change 12\" for an older change."
        }
    }

    /// Returns the user's word for an argument of a tool.
    func field(_ name: String) -> String {
        switch name {
        case "due_at": "due dates"
        case "recurrence": "repetitions"
        case "priority": "priorities"
        case "description": "descriptions"
        default: name
        }
    }

    /// Describes the arguments that a tool does not accept.
    func dropped(_ names: [String]) -> String {
        names.isEmpty ? "" : " I cannot set \(names.map(field).joined(separator: " or ")) here."
    }
}
