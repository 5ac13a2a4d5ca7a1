import JSON
import ProviderKit

/// A replay of the turn's calls: a plan that repeats a call gets the stored result, and its further calls become the
/// next ones.
///
/// The planner is therefore a function of the messages: it starts over in each step and continues until a result is
/// missing.
struct Replay {
    private var steps: [Conversation.Step]
    /// The steps that the plan has asked for.
    private var known: [Conversation.Step] = []
    /// The changes that the plan has asked for, with their results.
    private var changes: [(tool: ToolName, arguments: JSONObject, result: JSONValue?)] = []
    /// The calls that have no result yet.
    private(set) var pending: [ToolCall] = []
    private let firstOrdinal: Int
    private let stamp: String
    private let work: Work

    /// The maximum number of calls in one message; the rest is left to the next one.
    private static let callsPerRound = 16

    init(_ turn: Conversation.Turn, stamp: String, _ work: Work) {
        self.work = work
        steps = turn.steps
        firstOrdinal = turn.steps.count + 1
        self.stamp = stamp
    }

    /// Returns the result of a call; nil while it has none.
    mutating func call(_ tool: ToolName, _ arguments: JSONObject) -> JSONValue? {
        guard tool.isIdempotent else { return step(tool, arguments) }
        // "Reopen task 2, I have not done it yet" asks for one change.
        let task = arguments["task_id"]
        if let last = changes.last(where: { $0.arguments["task_id"] == task }), last.tool == tool,
            last.arguments == arguments
        {
            return last.result
        }
        let result = step(tool, arguments)
        changes.append((tool, arguments, result))
        return result
    }

    private mutating func step(_ tool: ToolName, _ arguments: JSONObject) -> JSONValue? {
        let found = steps.firstIndex { step in
            step.call.name == tool.rawValue && Self.isSame(step.call.arguments, arguments)
        }
        if let found {
            known.append(steps.remove(at: found))
            return known.last?.result(work)
        }
        let id = "offline-\(stamp)-\(firstOrdinal + pending.count)"
        pending.append(ToolCall(id: id, name: tool.rawValue, arguments: arguments))
        return nil
    }

    /// The calls to make now.
    var next: [ToolCall] { Array(pending.prefix(Self.callsPerRound)) }

    /// The changes of this turn that the plan did not request: those of an earlier provider. A repetition, which got
    /// the result of the first call, is none; nor is a call that the server refused because nobody had asked for it.
    var foreignChanges: [Conversation.Step] {
        steps.filter { step in
            guard ToolName(rawValue: step.call.name)?.changesTasks ?? false else { return false }
            guard !known.contains(where: { $0.isRepeated(by: step) }) else { return false }
            let failure = ToolFailure(step.result(work))
            return !(failure.map { Self.refusals.contains($0.code) } ?? false)
        }
    }

    private static let refusals: Set<String> = ["not_asked_for", "unseen_id"]

    /// Compares the arguments of a call except for times, which differ between two steps of a turn.
    private static func isSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
        func settled(_ arguments: JSONObject) -> JSONObject {
            JSONObject(
                arguments.members.filter { !["due_at", "due_from", "due_to"].contains($0.name) }.map {
                    ($0.name, $0.value)
                })
        }
        return settled(left) == settled(right)
    }
}
