import JSON
import Time

extension Planner {
    /// The tasks that a reference means, or the text that explains why they are unknown.
    enum Resolution {
        case tasks([TaskRow])
        case problem(String)
    }

    /// Resolves a reference; returns nil while results are missing. With `completed`, tasks of that state are preferred
    /// if several match.
    mutating func resolve(_ reference: TaskReference, preferring completed: Bool? = nil) -> Resolution? {
        switch reference {
        case .ids(let ids): return .tasks(ids.map(TaskRow.init(id:)))
        case .it:
            guard let id = memory.single else { return which() }
            return .tasks([TaskRow(id: id)])
        case .them:
            return memory.last.isEmpty ? which() : .tasks(memory.last.map(TaskRow.init(id:)))
        case .places(let places):
            // "the last one" after adding a task is that task, and not the end of an older list.
            if places == [-1], let id = memory.single { return .tasks([TaskRow(id: id)]) }
            return shown { list in
                places.map { $0 < 0 ? list.count + $0 : $0 - 1 }.map { list.indices.contains($0) ? list[$0] : nil }
            }
        case .firstPlaces(let count):
            return shown { list in (0..<count).map { $0 < list.count ? list[$0] : nil } }
        case .lastPlaces(let count):
            return shown { list in count > list.count ? [nil] : Array(list.suffix(count)) }
        case .all(let filter): return rows(filter)
        case .title(let title, let parts): return find(title, parts, completed)
        case .several(let references):
            var found: [TaskRow] = []
            var isWaiting = false
            for reference in references {
                switch resolve(reference, preferring: completed) {
                case .tasks(let rows): found += rows
                case .problem(let words): return .problem(words)
                case nil: isWaiting = true
                }
            }
            return isWaiting ? nil : .tasks(found.unique)
        }
    }

    /// Returns tasks by their places in the list that was shown last.
    private mutating func shown(_ choose: ([Int]) -> [Int?]) -> Resolution? {
        guard !memory.shown.isEmpty else { return which() }
        let chosen = choose(memory.shown)
        guard !chosen.contains(nil) else {
            return .problem(phrases.tooFewShown(memory.shown))
        }
        return .tasks(chosen.compactMap(\.self).unique.map(TaskRow.init(id:)))
    }

    /// Asks which task is meant, offering the candidates.
    private mutating func which() -> Resolution? {
        guard toolbox.offers(.list) else { return .problem(Phrases.askWhich) }
        switch rows(TaskFilter(status: .pending)) {
        case .tasks(let rows): return .problem(phrases.which(rows))
        case .problem(let words): return .problem(words)
        case nil: return nil
        }
    }

    /// Returns the tasks that match a filter. The result is filtered again, because a tool may support only a part of
    /// it.
    mutating func rows(_ filter: TaskFilter) -> Resolution? {
        guard toolbox.offers(.list) else { return .problem(Phrases.cannot("list tasks")) }
        guard let result = replay.call(.list, toolbox.arguments(.list, listArguments(filter))) else { return nil }
        guard let rows = TaskRow.rows(result) else { return .problem(phrases.failure(of: "list your tasks", result)) }
        return .tasks(rows.filter { filter.keeps($0, slots.local) })
    }

    private func listArguments(_ filter: TaskFilter) -> JSONObject {
        var arguments: JSONObject = ["status": .string((filter.status ?? .all).rawValue)]
        if let priority = filter.priority { arguments["priority"] = .string(priority.rawValue) }
        if let tag = filter.tag ?? filter.topic { arguments["tag"] = .string(tag) }
        if let from = filter.due?.from { arguments["due_from"] = .string(UnixTime(from).description) }
        let end = filter.isOverdue ? slots.local.now : filter.due?.to
        if let end { arguments["due_to"] = .string(UnixTime(end).description) }
        arguments["limit"] = .integer(toolbox.limit(.list))
        return arguments
    }

    /// Looks a title up: by search if offered, and in the list for misspelt words.
    private mutating func find(_ title: String, _ parts: [String], _ completed: Bool?) -> Resolution? {
        var seen: [TaskRow] = []
        for tool in [ToolName.search, .list] where toolbox.offers(tool) {
            let arguments: JSONObject =
                tool == .search
                ? ["query": .string(SearchWords.of(title)), "limit": .integer(min(20, toolbox.limit(.search)))]
                : listArguments(TaskFilter(status: .all))
            guard let result = replay.call(tool, toolbox.arguments(tool, arguments)) else { return nil }
            guard let rows = TaskRow.rows(result) else { return .problem(phrases.failure(of: "look it up", result)) }
            seen = rows
            let best = TitleMatcher(title, acting).best(rows)
            let preferred = completed.map { wanted in best.filter { $0.isCompleted == wanted } } ?? best
            if preferred.count == 1 || best.count == 1 { return .tasks(preferred.count == 1 ? preferred : best) }
            if !best.isEmpty { return .problem(phrases.ambiguous(title, preferred.isEmpty ? best : preferred)) }
        }
        guard toolbox.offers(.search) || toolbox.offers(.list) else { return .problem(Phrases.cannot("look up tasks")) }
        guard parts.count > 1 else { return .problem(phrases.notFound(title, TitleMatcher(title, acting).near(seen))) }
        return resolve(.several(parts.map { .title($0, parts: []) }), preferring: completed)
    }
}

extension TaskFilter {
    /// Returns whether a task matches the filter, as far as its members are known.
    func keeps(_ row: TaskRow, _ local: LocalTime) -> Bool {
        if let status, status != .all, let isCompleted = row.isCompleted, isCompleted != (status == .completed) {
            return false
        }
        if let priority, let other = row.priority, other != priority.rawValue { return false }
        if let tag = tag ?? topic, let tags = row.tags, !tags.contains(where: { $0.lowercased() == tag }) {
            return false
        }
        if isOverdue, row.due.map({ $0 >= local.now }) ?? true { return false }
        if let due, row.due.map({ !due.contains($0) }) ?? true { return false }
        if let completed, row.completedAt.map({ !completed.contains($0) }) ?? true { return false }
        return true
    }
}
