import JSON
import Time

extension Planner {
    /// The tasks that a reference means, or the text that explains why they are unknown.
    enum Resolution {
        case tasks([TaskRow])
        case problem(String)
    }

    /// The reason for looking tasks up.
    enum Purpose {
        case other, completion, reopening, deletion

        /// The state of the tasks that are preferred if several match.
        var completed: Bool? {
            switch self {
            case .completion: false
            case .reopening: true
            case .other, .deletion: nil
            }
        }
    }

    /// Resolves a reference; returns nil while results are missing.
    mutating func resolve(_ reference: TaskReference, for purpose: Purpose = .other) -> Resolution? {
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
        case .title(let title, let parts): return find(title, parts, purpose)
        case .several(let references):
            var found: [TaskRow] = []
            var isWaiting = false
            for reference in references {
                switch resolve(reference, for: purpose) {
                case .tasks(let rows): found += rows
                case .problem(let words): return .problem(words)
                case nil: isWaiting = true
                }
            }
            return isWaiting ? nil : .tasks(found.unique)
        case .except(let whole, let exception): return rest(of: whole, without: exception)
        }
    }

    private mutating func rest(of whole: TaskReference, without exception: TaskReference) -> Resolution? {
        guard let kept = resolve(exception) else { return nil }
        guard case .tasks(let kept) = kept else { return kept }
        guard let all = resolve(whole) else { return nil }
        guard case .tasks(let all) = all else { return all }
        let (ids, keptIDs) = (Set(all.map(\.id)), Set(kept.map(\.id)))
        // A number that no task has is a slip, after which everything else must not be changed.
        for row in kept where row.title == nil && !ids.contains(row.id) {
            switch self.whole(row) {
            case .tasks: break
            case .problem(let words): return .problem(words)
            case nil: return nil
            }
        }
        return .tasks(all.filter { !keptIDs.contains($0.id) })
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
        guard toolbox.offers(.list) else { return .problem(phrases.askWhich) }
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
        isCut = rows.count >= toolbox.limit(.list)
        return .tasks(rows.filter { filter.keeps($0, slots.local) })
    }

    /// Returns the tasks that match a filter, in several lists where one cannot have them all; `isCut` tells whether
    /// some may still be missing.
    mutating func allRows(_ filter: TaskFilter) -> Resolution? {
        let first = rows(filter)
        let parts = filter.parts
        // A list of a hundred tasks takes about a tenth of the limit.
        guard case .tasks? = first, isCut, !parts.isEmpty, acting.steps < Work.limit / 2 else { return first }
        var (all, isWaiting, misses) = ([TaskRow](), false, false)
        for part in parts {
            switch allRows(part) {
            case .tasks(let rows): all += rows
            case .problem(let words): return .problem(words)
            case nil: isWaiting = true
            }
            misses = misses || isCut
        }
        isCut = misses
        return isWaiting ? nil : .tasks(all.unique)
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

    /// Looks a title up: by search if offered, and in the list for misspelt words; then without a word such as
    /// "appointment" that the title may lack.
    private mutating func find(_ title: String, _ parts: [String], _ purpose: Purpose) -> Resolution? {
        let titles = [title] + [HeadNoun.removed(from: title, isDeletion: purpose == .deletion)].compactMap(\.self)
        var seen: [TaskRow] = []
        for tool in [ToolName.search, .list] where toolbox.offers(tool) {
            // One list is enough for all titles.
            for title in tool == .search ? titles : [title] {
                let arguments: JSONObject =
                    tool == .search
                    ? ["query": .string(SearchWords.of(title)), "limit": .integer(min(20, toolbox.limit(.search)))]
                    : listArguments(TaskFilter(status: .all))
                guard let result = replay.call(tool, toolbox.arguments(tool, arguments)) else { return nil }
                guard let rows = TaskRow.rows(result) else {
                    return .problem(phrases.failure(of: "look it up", result))
                }
                seen = rows
                for title in tool == .search ? [title] : titles {
                    if let found = match(title, in: rows, purpose) { return found }
                }
            }
        }
        guard toolbox.offers(.search) || toolbox.offers(.list) else { return .problem(Phrases.cannot("look up tasks")) }
        guard parts.count > 1 else { return .problem(phrases.notFound(title, TitleMatcher(title, acting).near(seen))) }
        return resolve(.several(parts.map { .title($0, parts: []) }), for: purpose)
    }

    /// Returns the task that fits best, or the question which of several; nil when none fits.
    private func match(_ title: String, in rows: [TaskRow], _ purpose: Purpose) -> Resolution? {
        let best = TitleMatcher(title, acting).best(rows)
        let preferred = purpose.completed.map { wanted in best.filter { $0.isCompleted == wanted } } ?? best
        if preferred.count == 1 || best.count == 1 { return .tasks(preferred.count == 1 ? preferred : best) }
        return best.isEmpty ? nil : .problem(phrases.ambiguous(title, preferred.isEmpty ? best : preferred))
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
        if let hasDueDate, (row.due != nil) != hasDueDate { return false }
        if isOverdue, row.due.map({ $0 >= local.now }) ?? true { return false }
        if let due, row.due.map({ !due.contains($0) }) ?? true { return false }
        if let completed, row.completedAt.map({ !completed.contains($0) }) ?? true { return false }
        return true
    }
}
