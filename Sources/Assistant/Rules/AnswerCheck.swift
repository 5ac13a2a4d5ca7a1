import JSON
import Text
import TodoStore

/// A comparison of an answer with what its turn has really changed.
struct AnswerCheck {
    /// All calls of the turn.
    let calls: [StoredMessage.ToolCall]
    /// Whether the user asked to see tasks or asked a question, so that an answer may describe earlier changes.
    let isQuestion: Bool
    /// Whether the user asked for a change that was not made.
    let isUnfulfilled: Bool

    /// Returns the sentences to add to the answer; nil where nothing in it is untrue.
    func note(on answer: String, _ notes: SafetyNotes) -> String? {
        let effects = calls.compactMap { call -> (effect: CallEffect, result: JSONValue)? in
            guard call.result["error"] == nil, let effect = CallEffect(call.tool, call.arguments) else { return nil }
            return (effect, call.result)
        }
        let claims = ChangeClaim.claims(in: answer, isQuestion: isQuestion)
        guard !effects.isEmpty else {
            let isQuestionBack = answer.utf8.reversed().first { $0 > 0x20 } == UInt8(ascii: "?")
            guard !claims.isEmpty || isUnfulfilled && !isQuestionBack else { return nil }
            return answer.containsBytes(of: notes.nothingChanged) ? nil : notes.nothingChanged
        }
        let done = Set(effects.map(\.effect.kind))
        let ids = Set(effects.flatMap { Self.ids(of: $0.effect, $0.result) })
        let isUntrue = claims.contains { claim in
            if let kind = claim.kind, !Self.covers(done, kind) { return true }
            return !ids.isEmpty && !claim.ids.isSubset(of: ids)
        }
        return isUntrue ? notes.whatWasDone + Self.list(effects, notes) : nil
    }

    /// Returns whether changes of these kinds make a claim true; "changed" is said of any of them.
    private static func covers(_ done: Set<CallEffect.Kind>, _ claimed: CallEffect.Kind) -> Bool {
        switch claimed {
        case .update: true
        case .add: !done.isDisjoint(with: [.add, .undo, .update])
        case .complete: !done.isDisjoint(with: [.complete, .undo])
        case .reopen: !done.isDisjoint(with: [.reopen, .undo])
        case .delete: !done.isDisjoint(with: [.delete, .undo, .update])
        case .undo: !done.isDisjoint(with: [.undo, .reopen])
        }
    }

    private static func ids(of effect: CallEffect, _ result: JSONValue) -> Set<Int> {
        if let id = result["task_id"]?.integer { return [id] }
        if let ids = result["task_ids"]?.array { return Set(ids.compactMap(\.integer)) }
        if let undone = result["undone"]?.array { return Set(undone.compactMap { $0["task_id"]?.integer }) }
        return effect.ids ?? []
    }

    /// The maximum number of lines for what was done.
    private static let mostLines = 20
    private static let titleLength = 100

    private static func list(_ effects: [(effect: CallEffect, result: JSONValue)], _ notes: SafetyNotes) -> String {
        let lines = effects.prefix(mostLines).map { effect, result in
            let ids = ids(of: effect, result).sorted().map(String.init).joined(separator: ", ")
            let title = result["title"]?.string.map { " (\($0.printable(limit: titleLength)))" } ?? ""
            return "\n- \(notes.verbs[effect.kind] ?? ""): \(notes.task) \(ids)\(title)"
        }
        return lines.joined()
    }
}
