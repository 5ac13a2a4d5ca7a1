import JSON
import TodoStore
import TodoTools

/// The ids that a model can know: those in the user's own words and in the results of tools, in one conversation.
///
/// Any other id in a call is a guess, which would change a task that nobody has named.
struct KnownIDs: Sendable {
    private var tasks: Set<Int> = []
    private var changes: Set<Int> = []

    init() {}

    /// - Parameters:
    ///   - history: The earlier turns that the model is shown.
    ///   - message: The user's message.
    init(history: [Turn.Exchange], message: String) {
        for exchange in history {
            add(words: exchange.userMessage)
            for case .tool(_, _, _, let result) in exchange.steps { add(result: result) }
        }
        add(words: message)
    }

    /// Returns the first id of a changing call that is a guess.
    func guess(in call: TurnStep.Call) -> Guess? {
        if call.name == "undo" {
            return call.arguments["change_id"]?.integer.flatMap { changes.contains($0) ? nil : .change($0) }
        }
        let ids = [call.arguments["task_id"]] + (call.arguments["task_ids"]?.array ?? []).map(Optional.some)
        return ids.compactMap { $0?.integer }.first { !tasks.contains($0) }.map(Guess.task)
    }

    enum Guess: Hashable {
        case task(Int)
        case change(Int)

        /// Returns the failure of the call; nil for an id that does not exist, which the tool itself refuses.
        func failure(for message: String, in transaction: UserTransaction) throws -> ToolFailure? {
            switch self {
            case .task(let id):
                try transaction.todo(id).map { _ in try ToolFailure.unseenTask(id, for: message, in: transaction) }
            case .change(let id): try transaction.change(id).map { _ in ToolFailure.unseenChange(id) }
            }
        }
    }

    /// Adds the ids in the result of a tool.
    mutating func add(result: JSONValue) {
        switch result {
        case .array(let elements): for element in elements { add(result: element) }
        case .object(let object):
            // An entry of the journal names its task; other objects with an id are tasks.
            let isChange = object["kind"] != nil && object["task_id"] != nil
            for member in object.members {
                switch (member.name, member.value) {
                case ("id", .integer(let id)): if isChange { changes.insert(id) } else { tasks.insert(id) }
                case ("task_id", .integer(let id)): tasks.insert(id)
                case ("change_id", .integer(let id)), ("undone_by", .integer(let id)): changes.insert(id)
                case ("task_ids", .array(let ids)): tasks.formUnion(ids.compactMap(\.integer))
                case (_, .array), (_, .object): add(result: member.value)
                default: break
                }
            }
        default: break
        }
    }

    /// The number of ids of a range in words that are added.
    private static let longestRange = 1000
    /// The number of known ids from which on no ranges are added.
    private static let mostOfWords = 2000
    private static let rangeWords: Set<String> = [
        "-", "to", "through", "thru", "until", "till", "bis", "a", "al", "hasta",
    ]
    private static let changeWords: Set<String> = ["change", "änderung", "aenderung", "cambio"]

    /// Adds the numbers in a message of the user, also in words and in ranges.
    mutating func add(words text: String) {
        let words = MessageWords.of(text)
        for (index, word) in words.enumerated() {
            guard let number = NumberWords.number(word), ItemID.range.contains(number) else { continue }
            tasks.insert(number)
            if index > 0, Self.changeWords.contains(words[index - 1]) { changes.insert(number) }
            guard index + 2 < words.count, Self.rangeWords.contains(words[index + 1]),
                let end = NumberWords.number(words[index + 2]), ItemID.range.contains(end), number < end,
                end - number <= Self.longestRange, tasks.count < Self.mostOfWords
            else { continue }
            tasks.formUnion(number...end)
        }
    }
}
