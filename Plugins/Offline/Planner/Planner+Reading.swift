import JSON

extension Planner {
    mutating func list(_ filter: TaskFilter, _ question: ListQuestion) -> String? {
        let counts = question == .count || question == .summary
        switch counts ? allRows(filter) : rows(filter) {
        case nil: return nil
        case .problem(let words): return words
        case .tasks(let rows):
            if rows.isEmpty, let topic = filter.topic { return search(topic, filter) }
            switch question {
            case .show:
                memory.remember(rows.map(\.id))
                return phrases.list(rows, filter, isCut: isCut)
            case .count: return phrases.count(rows, filter, isCut: isCut)
            case .summary: return phrases.summary(rows, isCut: isCut)
            case .next:
                let next = rows.min { phrases.isSooner($0, $1) }
                memory.remember(next.map { [$0.id] } ?? [])
                return phrases.next(next)
            }
        }
    }

    /// Searches for tasks that also match `filter`. If none does, its tag is used as the searched word.
    mutating func search(_ words: String, _ filter: TaskFilter = TaskFilter()) -> String? {
        let rows: [TaskRow]
        if toolbox.offers(.search) {
            let arguments: JSONObject = [
                "query": .string(SearchWords.of(words)), "limit": .integer(min(20, toolbox.limit(.search))),
            ]
            guard let result = replay.call(.search, toolbox.arguments(.search, arguments)) else { return nil }
            guard let found = TaskRow.rows(result) else { return phrases.failure(of: "search", result) }
            rows = found
        } else {
            switch self.rows(TaskFilter(status: .all)) {
            case nil: return nil
            case .problem(let words): return words
            case .tasks(let all): rows = TitleMatcher(words, acting).best(all)
            }
        }
        var bounds = filter
        bounds.topic = nil
        let kept = rows.filter { bounds.keeps($0, slots.local) }
        memory.remember(kept.map(\.id))
        return phrases.found(words, kept)
    }

    mutating func show(_ reference: TaskReference) -> String? {
        switch resolve(reference) {
        case nil: return nil
        case .problem(let words): return words
        case .tasks(let rows):
            if rows.isEmpty { return phrases.noneSuch }
            var lines: [String] = []
            for row in rows.prefix(10) {
                switch whole(row) {
                case nil: break
                case .problem(let words): lines.append(words)
                case .tasks(let found): lines += found.map(phrases.details)
                }
            }
            guard lines.count == min(rows.count, 10) else { return nil }
            memory.remember(rows.map(\.id))
            return lines.joined(separator: "\n")
        }
    }
}
