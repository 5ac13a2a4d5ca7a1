import JSON
import ProviderKit

/// The calls of the turn so far: a plan that asks again for what was done gets the stored result, and what it asks for
/// beyond that becomes the next calls.
///
/// This makes the planner a function of the messages: it starts over each time and gets as far as the results carry.
struct Replay {
    private var steps: [Conversation.Step]
    /// Calls that have no result yet.
    private(set) var pending: [ToolCall] = []
    private let firstOrdinal: Int
    private let stamp: String
    private let work: Work

    /// More calls in one message are left to the next.
    private static let callsPerRound = 16

    init(_ turn: Conversation.Turn, stamp: String, _ work: Work) {
        self.work = work
        steps = turn.steps
        firstOrdinal = turn.steps.count + 1
        self.stamp = stamp
    }

    /// The result of a call, or nil while it has none.
    mutating func call(_ tool: Tool, _ arguments: JSONObject) -> JSONValue? {
        let found = steps.firstIndex { step in
            step.call.name == tool.rawValue && Self.isSame(step.call.arguments, arguments)
        }
        if let found { return steps.remove(at: found).result(work) }
        let id = "offline-\(stamp)-\(firstOrdinal + pending.count)"
        pending.append(ToolCall(id: id, name: tool.rawValue, arguments: arguments))
        return nil
    }

    /// The calls to make now.
    var next: [ToolCall] { Array(pending.prefix(Self.callsPerRound)) }

    /// Changes of this turn that the plan did not ask for: another provider made them before this one took over.
    var foreignChanges: [Conversation.Step] {
        steps.filter { Tool(rawValue: $0.call.name)?.changesTasks ?? false }
    }

    /// Times move with the clock between two calls of a turn; all else is the same each time.
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
