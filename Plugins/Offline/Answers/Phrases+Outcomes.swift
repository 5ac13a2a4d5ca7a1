import JSON

extension Phrases {
    /// Describes what a call did, according to its result.
    func outcome(of tool: String, _ arguments: JSONObject, _ result: JSONValue) -> String {
        if let failure = ToolFailure(result) { return self.failure(doing(tool, arguments), failure) }
        if let told = told(tool, arguments, result) { return told }
        switch ToolName(rawValue: tool) {
        case .add?:
            let details = self.details(of: arguments)
            return "Added \(named(result))." + (details.isEmpty ? "" : " It is \(details).")
        case .complete?:
            let verb = result["status"]?.string == "reopened" ? "Reopened" : "Completed"
            return "\(verb) \(named(result))."
        case .delete?: return "Deleted \(named(result))."
        case .update?:
            let details = self.details(of: arguments)
            return "Changed \(named(result))." + (details.isEmpty ? "" : " It is now \(details).")
        case .bulk?: return bulk(result)
        case .undo?: return undone(result)
        case .list?, .get?, .search?, nil: return "\(tool) ended."
        }
    }

    /// Describes what a call did in another language: "Hinzugefügt: Aufgabe 3: Milch kaufen (fällig morgen)."
    private func told(_ tool: String, _ arguments: JSONObject, _ result: JSONValue) -> String? {
        guard words != nil else { return nil }
        let details = details(of: arguments)
        let facts = details.isEmpty ? "" : " (\(details))"
        switch ToolName(rawValue: tool) {
        case .add?: return say(.added, named(result) + facts)
        case .complete?: return say(result["status"]?.string == "reopened" ? .reopened : .isCompleted, named(result))
        case .delete?: return say(.deleted, named(result))
        case .update?: return say(.changed, named(result) + facts)
        case .bulk?:
            let ids = (result["task_ids"]?.array ?? []).compactMap(\.integer)
            guard !ids.isEmpty else { return noneSuch }
            let verbs: [String: AnswerWords.Key] = ["complete": .isCompleted, "reopen": .reopened, "delete": .deleted]
            let names = ids.map { "\(noun) \($0)" }.joined(separator: ", ")
            return say(verbs[result["action"]?.string ?? ""] ?? .changed, names)
        case .undo?:
            let names = changed(result)
            return names.isEmpty ? say(.nothingUndone) : say(.undone, names.joined(separator: ", "))
        case .list?, .get?, .search?, nil: return nil
        }
    }

    /// Describes a failed action when the result is an unknown one.
    func failure(of doing: String, _ result: JSONValue) -> String {
        ToolFailure(result).map { failure(doing, $0) } ?? "I could not \(doing): the answer made no sense to me."
    }

    private func failure(_ doing: String, _ failure: ToolFailure) -> String {
        let list = failure.tasks.isEmpty ? "" : "\n" + lines(failure.tasks)
        if failure.needsConfirmation, let text = say(.confirm) { return text }
        if failure.needsConfirmation {
            // The server appends the tasks and the way to confirm to each answer that asks for a confirmation.
            return "I need your confirmation to \(doing)."
        }
        let reason = failure.message.isEmpty ? failure.code : failure.message
        let start = say(.failed, sentence(reason)) ?? "I could not \(doing): \(sentence(reason))"
        return list.isEmpty ? start : start + " \(didYouMean):" + list
    }

    private func doing(_ tool: String, _ arguments: JSONObject) -> String {
        let task = arguments["task_id"]?.integer.map { "task \($0)" } ?? "that task"
        switch ToolName(rawValue: tool) {
        case .add?: return "add \"\(arguments["title"]?.string ?? "")\""
        case .complete?: return arguments["completed"]?.bool == false ? "reopen \(task)" : "complete \(task)"
        case .delete?: return "delete \(task)"
        case .update?: return "change \(task)"
        case .bulk?:
            let action = arguments["action"]?.string?.split(separator: "_").first ?? "change"
            return "\(action == "set" ? "change" : action) these tasks"
        case .undo?: return "undo that"
        case .list?, .get?, .search?, nil: return "look that up"
        }
    }

    /// "task 3: Buy milk"
    private func named(_ result: JSONValue) -> String {
        let noun = words == nil ? "task" : noun
        guard let row = TaskRow(result) else { return words == nil ? "the task" : noun }
        return row.title.map { "\(noun) \(row.id): \($0)" } ?? "\(noun) \(row.id)"
    }

    private func bulk(_ result: JSONValue) -> String {
        let verbs = ["complete": "Completed", "reopen": "Reopened", "delete": "Deleted", "set_priority": "Changed"]
        let verb = verbs[result["action"]?.string ?? ""] ?? "Changed"
        let ids = (result["task_ids"]?.array ?? []).compactMap(\.integer)
        let count = result["count"]?.integer ?? ids.count
        if count == 0 { return noneSuch }
        let names = ids.isEmpty ? "" : ": " + Self.joined(ids.map { "task \($0)" })
        return "\(verb) \(Self.tasks(count))\(names)."
    }

    private func undone(_ result: JSONValue) -> String {
        let names = changed(result)
        return names.isEmpty ? "There was nothing to undo." : "Took back the last change of \(Self.joined(names))."
    }

    /// Describes the result of reversing an undo.
    func redone(_ result: JSONValue) -> String { "Did it again: \(Self.joined(changed(result)))." }

    /// Describes the tasks of undone changes: "task 3 (Buy milk)".
    private func changed(_ result: JSONValue) -> [String] {
        UndoneChange.all(in: result).map { change in
            let name = "\(words == nil ? "task" : noun) \(change.taskID)"
            return change.title.map { "\(name) (\($0))" } ?? name
        }.unique
    }

    private func sentence(_ text: String) -> String {
        text.last.map { ".!?".contains($0) } ?? true ? text : text + "."
    }

    /// "a, b and c"
    static func joined(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
    }

    static func tasks(_ count: Int) -> String { count == 1 ? "1 task" : "\(count) tasks" }
}
