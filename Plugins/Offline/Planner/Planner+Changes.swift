import Foundation
import JSON
import Time

extension Planner {
    mutating func add(_ tasks: [NewTask]) -> String? {
        guard toolbox.offers(.add) else { return Phrases.cannot("add tasks") }
        var outcomes: [String] = []
        var ids: [Int] = []
        for task in tasks {
            let arguments = toolbox.arguments(.add, task.arguments)
            guard let result = replay.call(.add, arguments) else { continue }
            if let id = result["task_id"]?.integer { ids.append(id) }
            let dropped = task.arguments.names.filter { arguments[$0] == nil }
            outcomes.append(phrases.outcome(of: ToolName.add.rawValue, arguments, result) + phrases.dropped(dropped))
        }
        return finish(outcomes, of: tasks.count, ids)
    }

    mutating func complete(_ reference: TaskReference, _ completed: Bool) -> String? {
        guard toolbox.offers(.complete) || toolbox.offers(.bulk) else { return Phrases.cannot("complete tasks") }
        let reference = reference.filled(status: completed ? .pending : .completed)
        let action = completed ? "complete" : "reopen"
        if let report = bulk(reference, action) { return report.words }
        switch resolve(reference, for: completed ? .completion : .reopening) {
        case nil: return nil
        case .problem(let words): return words
        case .tasks(let rows):
            let open = rows.filter { $0.isCompleted != completed }
            let already = rows.filter { $0.isCompleted == completed }.map { phrases.already($0, completed) }
            if rows.isEmpty { return phrases.noneSuch }
            if open.count > Self.singly, toolbox.offers(.bulk) || !toolbox.offers(.complete) {
                return bulk(action, ids: open.map(\.id))
            }
            return calls(.complete, open, already) { row in
                completed ? ["task_id": .integer(row.id)] : ["task_id": .integer(row.id), "completed": false]
            }
        }
    }

    mutating func delete(_ reference: TaskReference) -> String? {
        guard toolbox.offers(.delete) || toolbox.offers(.bulk) else { return Phrases.cannot("delete tasks") }
        if let report = bulk(reference, "delete") { return report.words }
        switch resolve(reference, for: .deletion) {
        case nil: return nil
        case .problem(let words): return words
        case .tasks(let rows):
            if rows.isEmpty { return phrases.noneSuch }
            // One call, so that the user is asked for one confirmation.
            if rows.count > 1 && toolbox.offers(.bulk) || !toolbox.offers(.delete) {
                return bulk("delete", ids: rows.map(\.id))
            }
            return calls(.delete, rows) { ["task_id": .integer($0.id)] }
        }
    }

    mutating func update(_ reference: TaskReference, _ changes: TaskChanges) -> String? {
        guard toolbox.offers(.update) else { return Phrases.cannot("change tasks") }
        for name in changes.arguments.names where !toolbox.takes(.update, name) {
            return Phrases.cannot("change \(phrases.field(name))")
        }
        switch resolve(reference) {
        case nil: return nil
        case .problem(let words): return words
        case .tasks(let rows):
            if rows.isEmpty { return phrases.noneSuch }
            guard changes.needsTask else {
                return calls(.update, rows) { row in
                    JSONObject([("task_id", .integer(row.id))] + changes.arguments.members.map { ($0.name, $0.value) })
                }
            }
            var known: [TaskRow] = []
            for row in rows {
                switch whole(row) {
                case nil: break
                case .problem(let words): return words
                case .tasks(let found): known += found
                }
            }
            guard known.count == rows.count else { return nil }
            let local = slots.local
            return calls(.update, known) { changes.arguments(for: $0, local) }
        }
    }

    /// The maximum number of tasks that are completed with separate calls.
    private static let singly = 8

    /// Makes one call for each task, all in one message.
    private mutating func calls(
        _ tool: ToolName, _ rows: [TaskRow], _ before: [String] = [], _ arguments: (TaskRow) -> JSONObject
    ) -> String? {
        var outcomes = before
        for row in rows {
            let arguments = arguments(row)
            guard let result = replay.call(tool, arguments) else { continue }
            outcomes.append(phrases.outcome(of: tool.rawValue, arguments, result))
        }
        return finish(outcomes, of: before.count + rows.count, rows.map(\.id))
    }

    private mutating func finish(_ outcomes: [String], of count: Int, _ ids: [Int]) -> String? {
        guard outcomes.count == count else { return nil }
        memory.remember(ids)
        return outcomes.joined(separator: "\n")
    }

    /// Changes all tasks of a status without listing them, where one call can do it. Returns nil for other changes.
    private mutating func bulk(_ reference: TaskReference, _ action: String) -> (words: String?, Void)? {
        guard case .all(let filter) = reference, filter == TaskFilter(status: filter.status),
            let status = filter.status,
            toolbox.offers(.bulk), toolbox.takes(.bulk, "status")
        else { return nil }
        return (bulk(["action": .string(action), "status": .string(status.rawValue)]), ())
    }

    private mutating func bulk(_ action: String, ids: [Int]) -> String? {
        bulk(["action": .string(action), "task_ids": .array(ids.map(JSONValue.integer))])
    }

    private mutating func bulk(_ arguments: JSONObject) -> String? {
        guard let result = replay.call(.bulk, arguments) else { return nil }
        memory.remember((result["task_ids"]?.array ?? []).compactMap(\.integer))
        return phrases.outcome(of: ToolName.bulk.rawValue, arguments, result)
    }

    /// Returns the complete task: from the lookup, or else from `get_task`.
    mutating func whole(_ row: TaskRow) -> Resolution? {
        if row.tags != nil { return .tasks([row]) }
        guard toolbox.offers(.get) else {
            switch rows(TaskFilter(status: .all)) {
            case nil: return nil
            case .problem(let words): return .problem(words)
            case .tasks(let all):
                return all.first { $0.id == row.id }.map { .tasks([$0]) } ?? .problem(phrases.noTask(row.id))
            }
        }
        guard let result = replay.call(.get, ["task_id": .integer(row.id)]) else { return nil }
        guard var found = TaskRow(result["task"] ?? result) else {
            return .problem(phrases.failure(of: "look at task \(row.id)", result))
        }
        found.tags = found.tags ?? []
        return .tasks([found])
    }
}

extension TaskChanges {
    /// Whether the task must be read before it can be changed.
    fileprivate var needsTask: Bool { !addedTags.isEmpty || !removedTags.isEmpty || delay != nil || moment != nil }

    fileprivate func arguments(for row: TaskRow, _ local: LocalTime) -> JSONObject {
        var result: JSONObject = ["task_id": .integer(row.id)]
        for member in arguments.members { result[member.name] = member.value }
        if !addedTags.isEmpty || !removedTags.isEmpty {
            let kept = (row.tags ?? []).filter { tag in !removedTags.contains(tag.lowercased()) }
            result["tags"] = .array((kept + addedTags).unique.map(JSONValue.string))
        }
        if let moment { result["due_at"] = .string(moment.due(for: row, local).timestamp) }
        if let delay {
            let base = row.due ?? local.end(of: local.today)
            result["due_at"] = .string(UnixTime(local.adding(delay.count, delay.unit, to: base)).description)
        }
        return result
    }
}

extension TaskChanges.Moment {
    /// Returns the due date for a new day with the task's time, or for a new time on the task's day unless that has
    /// passed.
    fileprivate func due(for row: TaskRow, _ local: LocalTime) -> DueDate {
        guard let old = row.due else { return due }
        if let day { return DueDate(instant: local.date(day, local.clock(of: old))) }
        let kept = time.map { local.date(local.day(of: old), $0) }
        return kept.flatMap { $0 > local.now ? DueDate(instant: $0) : nil } ?? due
    }
}
