/// How often a task comes again.
struct Recurrence: Sendable, Hashable {
    /// RFC 5545, the value of an RRULE.
    let rule: String
    /// The first day, where the words name weekdays.
    let firstDay: Day?
}

/// Reads "every Monday", "every two weeks", "daily".
struct RecurrenceParser {
    let local: LocalTime

    /// The recurrence at the start and what follows it.
    func recurrence(_ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        guard let first = tokens.first, first.kind == .word else { return nil }
        if let frequency = Self.adverbs[first.key] {
            return (Recurrence(rule: "FREQ=\(frequency)", firstDay: nil), tokens.dropFirst())
        }
        guard first.key == "every" || first.key == "each" else { return nil }
        return interval(tokens.dropFirst()) ?? weekdays(tokens.dropFirst())
    }

    /// The recurrence and an optional first date at the end, and what stands before them.
    func trailing(_ tokens: Tokens, _ dates: DateParser) -> (Recurrence, due: DueDate?, rest: Tokens)? {
        for start in tokens.indices.suffix(14) {
            guard let (recurrence, rest) = recurrence(tokens[start...]) else { continue }
            if rest.trimmed.isEmpty { return (recurrence, nil, tokens[..<start]) }
            if let due = dates.whole(rest, on: recurrence.firstDay) { return (recurrence, due, tokens[..<start]) }
        }
        return nil
    }

    private func interval(_ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        guard let first = tokens.first else { return nil }
        if ["weekday", "workday", "working"].contains(first.key) {
            let rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
            let today = local.today
            let next = local.weekday(of: today) <= 5 ? today : local.next(weekday: 1, after: today)
            return (Recurrence(rule: rule, firstDay: next), tokens.dropFirst(first.key == "working" ? 2 : 1))
        }
        let count = first.key == "other" ? 2 : NumberWords.count(first)
        let unit = count == nil ? first : tokens.at(1)
        guard let frequency = unit.flatMap({ Self.units[$0.key] }), (1...99).contains(count ?? 1) else { return nil }
        let interval = count.map { $0 == 1 ? "" : ";INTERVAL=\($0)" } ?? ""
        return (Recurrence(rule: "FREQ=\(frequency)\(interval)", firstDay: nil), tokens.dropFirst(count == nil ? 1 : 2))
    }

    private func weekdays(_ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        var rest = tokens
        var days: [Int] = []
        while let token = rest.first {
            let name = token.key.hasSuffix("days") ? String(token.key.dropLast()) : token.key
            if let weekday = DateWords.weekdays[name] {
                days.append(weekday)
                rest = rest.dropFirst()
            } else if !days.isEmpty, token.key == "and" || token.key == ",",
                rest.at(1).map({ DateWords.weekdays[$0.key] != nil }) == true
            {
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        guard !days.isEmpty else { return nil }
        let unique = Set(days).sorted()
        let names = unique.map { Self.days[$0 - 1] }.joined(separator: ",")
        let first = unique.map { day in
            local.weekday(of: local.today) == day ? local.today : local.next(weekday: day, after: local.today)
        }.min()
        return (Recurrence(rule: "FREQ=WEEKLY;BYDAY=\(names)", firstDay: first), rest)
    }

    private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    private static let adverbs = [
        "daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "YEARLY", "annually": "YEARLY",
    ]
    private static let units = [
        "day": "DAILY", "days": "DAILY", "week": "WEEKLY", "weeks": "WEEKLY", "month": "MONTHLY",
        "months": "MONTHLY", "year": "YEARLY", "years": "YEARLY",
    ]
}
