import Foundation

extension Phrases {
    func list(_ rows: [TaskRow], _ filter: TaskFilter, isCut: Bool) -> String {
        guard !rows.isEmpty else { return none(filter, isCut) }
        return "You have \(number(rows, isCut)) \(kind(filter, count: rows.count)):\n" + lines(rows)
            + (isCut ? "\n" + Self.cut : "")
    }

    func count(_ rows: [TaskRow], _ filter: TaskFilter, isCut: Bool) -> String {
        guard !rows.isEmpty else { return none(filter, isCut) }
        let open = rows.count { $0.isCompleted == false }
        let share = filter.status == .all && !isCut ? ", \(open) of them pending" : ""
        return "You have \(number(rows, isCut)) \(kind(filter, count: rows.count))\(share)."
    }

    private func none(_ filter: TaskFilter, _ isCut: Bool) -> String {
        isCut ? "I see no \(kind(filter, count: 0)).\n" + Self.cut : "You have no \(kind(filter, count: 0))."
    }

    private func number(_ rows: [TaskRow], _ isCut: Bool) -> String {
        isCut ? "at least \(rows.count)" : String(rows.count)
    }

    func summary(_ rows: [TaskRow], isCut: Bool) -> String {
        let open = rows.filter { $0.isCompleted == false }
        let overdue = open.count { $0.due.map { $0 < local.now } ?? false }
        let urgent = open.count { $0.priority == Priority.high.rawValue }
        return
            "You have \(isCut ? "at least " : "")\(Self.tasks(rows.count)): \(open.count) pending "
            + "(\(overdue) overdue, \(urgent) high priority) and "
            + "\(rows.count { $0.isCompleted == true }) completed." + (isCut ? "\n" + Self.cut : "")
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
        rows.isEmpty
            ? "I found no task for \"\(words)\"."
            : "I found \(Self.tasks(rows.count)) for \"\(words)\":\n" + lines(rows)
    }

    func details(_ row: TaskRow) -> String {
        let state = row.isCompleted.map { $0 ? "completed" : "pending" }
        let facts = [state, facts(row, withState: false)].compactMap(\.self).filter { !$0.isEmpty }
        let head = "Task \(row.id): \(row.title ?? "") – \(facts.joined(separator: ", "))."
        return row.description.map { head + "\n  " + $0 } ?? head
    }

    // Questions about which task is meant.

    func ambiguous(_ title: String, _ rows: [TaskRow]) -> String {
        "\(rows.count) tasks fit \"\(title)\":\n\(lines(rows))\n\(Self.askWhich)"
    }

    func which(_ rows: [TaskRow]) -> String {
        rows.isEmpty ? Self.noneSuch : "\(Self.askWhich)\n" + lines(rows)
    }

    func notFound(_ title: String, _ near: [TaskRow]) -> String {
        let start = "I found no task like \"\(title)\", so I changed nothing."
        return near.isEmpty ? start : start + " \(Self.didYouMean):\n" + lines(Array(near.prefix(3)))
    }

    func noTask(_ id: Int) -> String { "I found no task \(id)." }

    func tooFewShown(_ shown: [Int]) -> String {
        let names = Self.joined(shown.map { "task \($0)" })
        return "The last list had only \(Self.tasks(shown.count)): \(names). \(Self.askWhich)"
    }

    func already(_ row: TaskRow, _ completed: Bool) -> String {
        "\(line(row, withState: false)) is already \(completed ? "completed" : "open")."
    }

    func lines(_ rows: [TaskRow]) -> String { rows.map { "- " + line($0) }.joined(separator: "\n") }

    static let cut = "There may be more: this is as many as I can see at once."

    private func line(_ row: TaskRow, capital: Bool = true, withState: Bool = true) -> String {
        let facts = withState ? facts(row, withState: true) : ""
        return (capital ? "Task " : "task ") + "\(row.id): \(row.title ?? "")" + (facts.isEmpty ? "" : " (\(facts))")
    }

    private func facts(_ row: TaskRow, withState: Bool) -> String {
        var facts: [String] = []
        let isOpen = row.isCompleted == false
        if withState, row.isCompleted == true { facts.append("done") }
        if let due = row.due { facts.append((isOpen && due < local.now ? "overdue since " : "due ") + date(due)) }
        if let priority = row.priority, priority != Priority.medium.rawValue { facts.append("\(priority) priority") }
        facts += (row.tags ?? []).map { "#\($0)" }
        if let recurrence = row.recurrence { facts.append(repeats(recurrence)) }
        return facts.joined(separator: ", ")
    }

    /// "pending high priority tasks tagged #work due this week"
    private func kind(_ filter: TaskFilter, count: Int) -> String {
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
}
