import JSON
import ProviderKit

extension Planner {
    mutating func undo(_ change: Int?) -> String? {
        guard toolbox.offers(.undo) else { return Phrases.cannot("undo changes") }
        let arguments: JSONObject = change.map { ["change_id": .integer($0)] } ?? [:]
        guard let result = replay.call(.undo, arguments) else { return nil }
        memory.remember((result["undone"]?.array ?? []).compactMap { $0["task_id"]?.integer }.unique)
        return phrases.outcome(of: ToolName.undo.rawValue, arguments, result)
    }

    /// Undoes requests, the newest first, until so many changes are undone. The undoing of one request can be more.
    mutating func undoLast(_ count: Int) -> String? {
        guard toolbox.offers(.undo) else { return Phrases.cannot("undo changes") }
        guard count <= Self.mostUndone else { return Phrases.tooMuch }
        var outcomes: [String] = []
        var undone = 0
        while undone < count {
            guard let result = replay.call(.undo, [:]) else { return nil }
            outcomes.append(phrases.outcome(of: ToolName.undo.rawValue, [:], result))
            let changes = UndoneChange.all(in: result)
            guard !changes.isEmpty else { break }
            memory.remember(changes.map(\.taskID).unique)
            undone += changes.count { !$0.isFollowUp(in: changes) }
        }
        return outcomes.unique.joined(separator: "\n")
    }

    /// Each takes a round of the turn.
    private static let mostUndone = 5

    /// Reverses the undo of the previous turn.
    mutating func redo() -> String? {
        let undone = turns.last?.steps.last { $0.call.name == ToolName.undo.rawValue }?.result(slots.work)["undone"]?
            .array
        guard toolbox.offers(.undo) else { return Phrases.cannot("undo changes") }
        guard let change = undone?.compactMap({ $0["undone_by"]?.integer }).first else { return Phrases.nothingToRedo }
        guard let result = replay.call(.undo, ["change_id": .integer(change)]) else { return nil }
        return ToolFailure(result) == nil
            ? phrases.redone(result) : phrases.outcome(of: ToolName.undo.rawValue, [:], result)
    }

    /// Brings back a task that this conversation has deleted: by undo where nothing else would be undone, else by
    /// adding it anew.
    mutating func restore(_ reference: TaskReference) -> String? {
        let found: [DeletedTask]
        let deleted = DeletedTask.all(in: turns, acting)
        switch reference {
        case .ids(let ids): found = deleted.filter { ids.contains($0.row.id) }
        case .title(let title, _):
            let ids = Set(TitleMatcher(title, acting).best(deleted.map(\.row)).map(\.id))
            found = deleted.filter { ids.contains($0.row.id) }
        default: found = []
        }
        guard let task = found.first else { return phrases.talk(.restoring) }
        guard found.count == 1 else { return phrases.which(found.map(\.row)) }
        guard task.isLastChange, toolbox.offers(.undo) else { return addAnew(task.row) }
        guard let result = replay.call(.undo, [:]) else { return nil }
        let changes = UndoneChange.all(in: result)
        guard ToolFailure(result) == nil, !changes.contains(where: { $0.taskID == task.row.id }) else {
            memory.remember([task.row.id])
            return phrases.outcome(of: ToolName.undo.rawValue, [:], result)
        }
        // Another client has changed something since.
        if let reversal = changes.compactMap(\.undoneBy).first {
            guard replay.call(.undo, ["change_id": .integer(reversal)]) != nil else { return nil }
        }
        return addAnew(task.row)
    }

    private mutating func addAnew(_ row: TaskRow) -> String? {
        guard let title = row.title, toolbox.offers(.add) else { return phrases.talk(.restoring) }
        var arguments: JSONObject = ["title": .string(title)]
        if let description = row.description { arguments["description"] = .string(description) }
        if let priority = row.priority, priority != Priority.medium.rawValue {
            arguments["priority"] = .string(priority)
        }
        if let tags = row.tags, !tags.isEmpty { arguments["tags"] = .array(tags.map(JSONValue.string)) }
        if let due = row.due { arguments["due_at"] = .string(DueDate(instant: due).timestamp) }
        if let recurrence = row.recurrence { arguments["recurrence"] = .string(recurrence) }
        let accepted = toolbox.arguments(.add, arguments)
        guard let result = replay.call(.add, accepted) else { return nil }
        if let id = result["task_id"]?.integer { memory.remember([id]) }
        let outcome = phrases.outcome(of: ToolName.add.rawValue, accepted, result)
        return ToolFailure(result) == nil ? Phrases.addedAnew + " " + outcome : outcome
    }
}
