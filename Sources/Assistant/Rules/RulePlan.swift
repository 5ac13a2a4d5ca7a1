import JSON
import ProviderKit
import Tenants
import TodoStore

/// The calls with which the adapter of rules would carry out the user's message, next to the model's own exchange.
///
/// Its steps are never sent to the model. Calls of the model that do the same count as done.
struct RulePlan: Sendable {
    let kind: MessageReading.Kind
    /// Whether the user's words leave no doubt about the calls.
    let isCertain: Bool
    /// The calls with which the rules would look at the tasks that the user asks to see.
    private let looks: [ToolCall]
    /// The conversation as the rules see it.
    private(set) var transcript: Transcript
    /// Changing calls that nobody has made yet.
    private(set) var pending: [ToolCall] = []
    /// All changing calls of the plan so far.
    private(set) var planned: [ToolCall] = []
    /// The answer after all calls; nil before.
    private(set) var answer: String?
    /// The tasks that are left to do of a pending call for several, by the id of the call.
    private var remaining: [String: Set<Int>] = [:]
    private var callCount = 0
    private var rounds = 0

    /// The maximum number of steps of a plan.
    private static let mostRounds = 8

    init(_ reading: MessageReading, _ transcript: Transcript) {
        kind = reading.kind
        isCertain = reading.isCertain
        self.transcript = transcript
        if case .call(let calls) = reading.step, kind == .look { looks = calls } else { looks = [] }
    }

    private static let filters = ["priority", "tag", "due_from", "due_to"]

    /// Returns whether a call shows the tasks that the user asks for, without filters that they did not name.
    func isSeen(by tool: String, _ arguments: JSONObject) -> Bool {
        guard let look = looks.first else { return true }
        switch look.name {
        case "list_tasks":
            let statuses = [look.arguments, arguments].map { $0["status"]?.string ?? Self.all }
            // A list of all tasks may leave out those that are done.
            let isSame = statuses[1] == statuses[0] || statuses[1] == Self.all || statuses == [Self.all, "pending"]
            return tool == look.name && isSame
                && Self.filters.allSatisfy { look.arguments[$0] != nil || arguments[$0]?.isNull ?? true }
        case "get_task":
            return tool != look.name || arguments["task_id"] == look.arguments["task_id"]
        default: return tool != "get_task"
        }
    }

    private static let all = "all"

    /// Returns whether an answer shows the tasks that the rules show: each of a short list, and one of a longer one.
    ///
    /// - Parameter titles: The titles that the calls of the turn have returned.
    func isShown(by answer: String, titles: [String]) -> Bool {
        guard isCertain, kind == .look, let own = self.answer else { return true }
        let (words, ownWords) = (Set(MessageWords.of(answer)), Set(MessageWords.of(own)))
        let wanted = titles.prefix(Self.mostTitles).map { Set(MessageWords.of($0)) }
            .filter { $0.isSubset(of: ownWords) }
        return wanted.count <= Self.shortList
            ? wanted.allSatisfy { $0.isSubset(of: words) } : wanted.contains { $0.isSubset(of: words) }
    }

    private static let shortList = 10
    private static let mostTitles = 100

    /// A sentence for a model that has not looked at the tasks that the user asks for.
    var lookHint: String {
        let call = looks.first.map { "\($0.name) \(JSONValue.object($0.arguments).text)" }
        return "You have not seen the tasks that the user asks for. Call \(call ?? "list_tasks or search_tasks") first."
    }

    /// Whether the rules have to be asked for the next step.
    var needsStep: Bool { pending.isEmpty && answer == nil && rounds < Self.mostRounds }

    /// Adds the next step of the rules.
    /// - Parameters:
    ///   - results: The results of the step's reading calls, by their ids.
    ///   - tasks: The tasks of calls that name them by their status, by the ids of the calls.
    mutating func advance(_ step: MessageReading.Step, results: [String: JSONValue], tasks: [String: Set<Int>]) {
        rounds += 1
        switch step {
        case .answer(let text): answer = text
        case .call(let calls):
            transcript.steps.append(
                .model(
                    content: "",
                    calls: calls.map { TurnStep.Call(id: $0.id, name: $0.name, arguments: $0.arguments) },
                    provider: ModelLoop.standIn.providerID, opaque: nil))
            first = callCount
            callCount += calls.count
            self.calls = calls
            for call in calls {
                if let result = results[call.id] {
                    finish(call, result)
                } else {
                    pending.append(call)
                    planned.append(call)
                    remaining[call.id] = CallEffect(call.name, call.arguments)?.ids ?? tasks[call.id]
                }
            }
        }
    }

    /// The calls of the last step, and the number of calls before it.
    private var calls: [ToolCall] = []
    private var first = 0

    private mutating func finish(_ call: ToolCall, _ result: JSONValue) {
        guard let place = calls.firstIndex(where: { $0.id == call.id }) else { return }
        pending.removeAll { $0.id == call.id }
        transcript.steps.append(
            .tool(callIndex: first + place, callID: call.id, tool: call.name, result: result))
    }

    /// Records the result of a call of the plan.
    mutating func didRun(_ id: String, _ result: JSONValue) {
        if let call = pending.first(where: { $0.id == id }) { finish(call, result) }
    }

    /// Records a call that the model made itself.
    mutating func didRun(_ name: String, _ arguments: JSONObject, _ result: JSONValue) {
        guard let effect = CallEffect(name, arguments) else { return }
        for call in pending {
            guard let wanted = CallEffect(call.name, call.arguments), wanted.isDone(by: effect) else { continue }
            if let left = remaining[call.id], let ids = effect.ids {
                let rest = left.subtracting(ids)
                remaining[call.id] = rest
                guard rest.isEmpty || result["error"] != nil else { continue }
            }
            finish(call, call.name == name ? result : Self.result(of: call, like: result))
            if effect.kind == .add { return }
        }
    }

    /// Returns the result of a planned call for a result of another tool that had the same effect.
    private static func result(of call: ToolCall, like result: JSONValue) -> JSONValue {
        guard result["error"] == nil else { return result }
        if call.name == "bulk_update_tasks" {
            let ids = call.arguments["task_ids"] ?? result["task_ids"] ?? []
            return [
                "count": .integer(ids.array?.count ?? 0), "task_ids": ids, "action": call.arguments["action"] ?? .null,
            ]
        }
        return ["task_id": call.arguments["task_id"] ?? .null, "status": "updated"]
    }

    /// Returns the reason why a changing call of the model contradicts the user's words; nil where it may run.
    func contradiction(_ name: String, _ arguments: JSONObject) -> String? {
        guard isCertain, let effect = CallEffect(name, arguments) else { return nil }
        switch kind {
        case .look: return "The user only asked to see tasks. Change nothing; answer with what the user asked for."
        case .noChange: return "The user's words ask for no change, so nothing was done. Answer in words."
        case .other: return nil
        case .change:
            guard !planned.isEmpty else { return nil }
            // A task that was added is not added again in other words.
            let isOpen = effect.kind == .add && !RepeatedCalls.asksForSeveral(transcript.userMessage)
            let wanted = (isOpen ? pending : planned).compactMap { CallEffect($0.name, $0.arguments) }
            let (message, time) = (transcript.userMessage, transcript.time)
            // One task for two that are asked for holds the words of both.
            let isMerged = wanted.count { effect.hasTitle(of: $0) } > 1
            let isWanted = wanted.contains {
                $0.includes(effect) && $0.agrees(with: effect, message: message, at: time) && !isMerged
                    && !$0.isSplit(by: effect)
            }
            guard !isWanted else { return nil }
            guard let hint else {
                return "All that the user asked for is done. Make no more changes; say what was done."
            }
            return "The user did not ask for this, so nothing was done. \(hint)"
        }
    }

    /// Returns the arguments of a call without the members of a task that the user did not name and the model empties.
    func trimmed(_ name: String, _ arguments: JSONObject) -> JSONObject {
        guard isCertain, kind == .change, let effect = CallEffect(name, arguments), effect.kind == .update else {
            return arguments
        }
        let named = planned.flatMap { CallEffect($0.name, $0.arguments)?.members.names ?? [] }
        return JSONObject(
            arguments.members.filter { member in
                effect.members[member.name] == nil || named.contains(member.name) || !member.value.isEmptyMember
            }.map { ($0.name, $0.value) })
    }

    /// A sentence for the model with the calls that are still to be made; nil when there are none.
    var hint: String? {
        guard !pending.isEmpty else { return nil }
        let calls = pending.prefix(5).map { "\($0.name) \(JSONValue.object($0.arguments).text)" }
        return "The user's words ask for: \(calls.joined(separator: "; "))."
    }
}
