import Foundation

extension Phrases {
    func list(_ rows: [TaskRow], _ filter: TaskFilter, isCut: Bool) -> String {
        guard !rows.isEmpty else { return none(filter, isCut) }
        return some(rows, filter, isCut) + ":\n" + lines(rows) + (isCut ? "\n" + cut : "")
    }

    func count(_ rows: [TaskRow], _ filter: TaskFilter, isCut: Bool) -> String {
        guard !rows.isEmpty else { return none(filter, isCut) }
        let open = rows.count { $0.isCompleted == false }
        let share = filter.status == .all && !isCut ? say(.share, String(open)) ?? ", \(open) of them pending" : ""
        return some(rows, filter, isCut) + share + "."
    }

    /// "You have 3 pending tasks"
    private func some(_ rows: [TaskRow], _ filter: TaskFilter, _ isCut: Bool) -> String {
        let (number, kind) = (number(rows, isCut), kind(filter, count: rows.count))
        return say(.some, number, kind) ?? "You have \(number) \(kind)"
    }

    private func none(_ filter: TaskFilter, _ isCut: Bool) -> String {
        let kind = kind(filter, count: 0)
        if isCut { return (say(.none, kind) ?? "I see no \(kind).") + "\n" + cut }
        return say(.none, kind) ?? "You have no \(kind)."
    }

    private func number(_ rows: [TaskRow], _ isCut: Bool) -> String {
        isCut ? say(.atLeast, String(rows.count)) ?? "at least \(rows.count)" : String(rows.count)
    }

    func summary(_ rows: [TaskRow], isCut: Bool) -> String {
        let open = rows.filter { $0.isCompleted == false }
        let overdue = open.count { $0.due.map { $0 < local.now } ?? false }
        let urgent = open.count { $0.priority == Priority.high.rawValue }
        return
            "You have \(isCut ? "at least " : "")\(Self.tasks(rows.count)): \(open.count) pending "
            + "(\(overdue) overdue, \(urgent) high priority) and "
            + "\(rows.count { $0.isCompleted == true }) completed." + (isCut ? "\n" + cut : "")
    }

    func next(_ row: TaskRow?) -> String {
        row.map { "Next is \(line($0, capital: false))." } ?? "Nothing is pending."
    }

    /// Compares by due date, then by priority, then by age.
    func isSooner(_ left: TaskRow, _ right: TaskRow) -> Bool {
        func rank(_ row: TaskRow) -> (Date, Int, Int) {
            let priority = Priority.allCases.firstIndex { $0.rawValue == row.priority } ?? 1
            return (row.due ?? .distantFuture, -priority, row.id)
        }
        return rank(left) < rank(right)
    }

    func found(_ words: String, _ rows: [TaskRow]) -> String {
        if rows.isEmpty { return say(.foundNothing, words) ?? "I found no task for \"\(words)\"." }
        let start = say(.found, words) ?? "I found \(Self.tasks(rows.count)) for \"\(words)\":"
        return start + "\n" + lines(rows)
    }

    func details(_ row: TaskRow) -> String {
        let state = row.isCompleted.map { $0 ? say(.isDone) ?? "completed" : words == nil ? "pending" : "" }
        let facts = [state, facts(row, withState: false)].compactMap(\.self).filter { !$0.isEmpty }
        let told = facts.isEmpty ? "" : " – " + facts.joined(separator: ", ")
        let head = "\(noun) \(row.id): \(row.title ?? "")\(told)."
        return row.description.map { head + "\n  " + $0 } ?? head
    }

    // Questions about which task is meant.

    func ambiguous(_ title: String, _ rows: [TaskRow]) -> String {
        let start = say(.ambiguous, title, String(rows.count)) ?? "\(rows.count) tasks fit \"\(title)\":"
        return "\(start)\n\(lines(rows))\n\(askWhich)"
    }

    func which(_ rows: [TaskRow]) -> String {
        rows.isEmpty ? noneSuch : "\(askWhich)\n" + lines(rows)
    }

    func notFound(_ title: String, _ near: [TaskRow]) -> String {
        let start = say(.notFound, title) ?? "I found no task like \"\(title)\", so I changed nothing."
        return near.isEmpty ? start : start + " \(didYouMean):\n" + lines(Array(near.prefix(3)))
    }

    func noTask(_ id: Int) -> String { say(.noTask, String(id)) ?? "I found no task \(id)." }

    func tooFewShown(_ shown: [Int]) -> String {
        let names = Self.joined(shown.map { "task \($0)" })
        return "The last list had only \(Self.tasks(shown.count)): \(names). \(askWhich)"
    }

    func already(_ row: TaskRow, _ completed: Bool) -> String {
        let line = line(row, withState: false)
        let variant = words?.variants(.already)?[safe: completed ? 0 : 1]
        return variant?.replacing("{}", with: line) ?? "\(line) is already \(completed ? "completed" : "open")."
    }

    /// "Task"
    var noun: String { say(.task) ?? "Task" }

    func lines(_ rows: [TaskRow]) -> String { rows.map { "- " + line($0) }.joined(separator: "\n") }

    private func line(_ row: TaskRow, capital: Bool = true, withState: Bool = true) -> String {
        let facts = withState ? facts(row, withState: true) : ""
        return (capital || words != nil ? noun : "task") + " \(row.id): \(row.title ?? "")"
            + (facts.isEmpty ? "" : " (\(facts))")
    }

    private func facts(_ row: TaskRow, withState: Bool) -> String {
        var facts: [String] = []
        let isOpen = row.isCompleted == false
        if withState, row.isCompleted == true { facts.append(say(.isDone) ?? "done") }
        if let due = row.due {
            facts.append(
                isOpen && due < local.now
                    ? say(.overdueSince, date(due)) ?? "overdue since " + date(due)
                    : say(.due, date(due)) ?? "due " + date(due))
        }
        if let level = row.priority, level != Priority.medium.rawValue { facts.append(priority(level)) }
        facts += (row.tags ?? []).map { "#\($0)" }
        if let recurrence = row.recurrence { facts.append(repeats(recurrence)) }
        return facts.joined(separator: ", ")
    }

    /// "pending high priority tasks tagged #work due this week"
    private func kind(_ filter: TaskFilter, count: Int) -> String {
        if let told = told(filter, count: count) { return told }
        var words: [String] = []
        if filter.isOverdue {
            words.append("overdue")
        } else if let status = filter.status, status != .all {
            words.append(status.rawValue)
        }
        if let priority = filter.priority { words.append("\(priority.rawValue) priority") }
        words.append(count == 1 ? "task" : "tasks")
        if let tag = filter.tag ?? filter.topic { words.append("tagged #\(tag)") }
        if let hasDueDate = filter.hasDueDate { words.append(hasDueDate ? "with a due date" : "without a due date") }
        if let due = filter.due, !filter.isOverdue { words.append("due \(due.words)") }
        if let completed = filter.completed { words.append("from \(completed.words)") }
        return words.joined(separator: " ")
    }

    /// The kind in another language: "offene Aufgaben (hohe Priorität, #arbeit, fällig heute)".
    private func told(_ filter: TaskFilter, count: Int) -> String? {
        guard let words else { return nil }
        let status: AnswerWords.Key
        switch filter.status {
        case _ where filter.isOverdue: status = .overdue
        case .pending?: status = .pending
        case .completed?: status = .completed
        case .all?, nil: status = .all
        }
        guard let nouns = words.variants(status), let noun = nouns[safe: min(count, 2)] else { return nil }
        var facts: [String] = []
        if let level = filter.priority { facts.append(priority(level.rawValue)) }
        if let tag = filter.tag ?? filter.topic { facts.append("#\(tag)") }
        if let hasDueDate = filter.hasDueDate { facts.append(say(hasDueDate ? .withDate : .withoutDate) ?? "") }
        if let due = filter.due, !filter.isOverdue { facts.append(say(.due, due.words) ?? due.words) }
        if let completed = filter.completed { facts.append(completed.words) }
        return facts.isEmpty ? noun : "\(noun) (\(facts.joined(separator: ", ")))"
    }
}

extension Array {
    /// The element at the index; nil where there is none.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
