import Foundation

/// Reads a day at the start of tokens.
struct DayParser {
    let local: LocalTime

    func day(_ tokens: Tokens, _ connector: String?) -> (Day, Tokens)? {
        relative(tokens) ?? weekday(tokens, connector) ?? period(tokens) ?? monthAndDay(tokens)
            ?? NumericDate(local: local).day(tokens, connector)
    }

    private func relative(_ tokens: Tokens) -> (Day, Tokens)? {
        guard let first = tokens.first else { return nil }
        let today = local.today
        switch first.key {
        case "today", "eod": return (today, tokens.dropFirst())
        case "yesterday": return (local.adding(-1, .day, to: today), tokens.dropFirst())
        case _ where DateWords.tomorrow.contains(first.key):
            return (local.adding(1, .day, to: today), tokens.dropFirst())
        case "the" where tokens.starts(with: ["the", "day", "after", "tomorrow"]):
            return (local.adding(2, .day, to: today), tokens.dropFirst(4))
        case "day" where tokens.starts(with: ["day", "after", "tomorrow"]):
            return (local.adding(2, .day, to: today), tokens.dropFirst(3))
        default:
            guard let (count, unit, rest) = DurationParser.ahead(tokens), unit != .minute, unit != .hour else {
                return nil
            }
            return (local.adding(count, unit, to: today), rest)
        }
    }

    /// "Friday" is the first after today; "next Friday" that of the next calendar week.
    private func weekday(_ tokens: Tokens, _ connector: String?) -> (Day, Tokens)? {
        guard let first = tokens.first else { return nil }
        let hasWord = ["this", "next", "coming"].contains(first.key)
        guard let name = hasWord ? tokens.at(1) : first, name.kind == .word,
            let weekday = DateWords.weekdays[name.key]
        else { return nil }
        // "sat" and "sun" are words too: abbreviations need a word before them.
        guard name.key.count > 4 || hasWord || connector != nil else { return nil }
        let rest = tokens.dropFirst(hasWord ? 2 : 1)
        if first.key == "next" {
            let monday = local.adding(7, .day, to: local.monday(of: local.today))
            return (local.adding(weekday - 1, .day, to: monday), rest)
        }
        return (local.next(weekday: weekday, after: local.today), rest)
    }

    /// "next week" is its Monday, "next month" its first; "this week" and the like are their last days.
    private func period(_ tokens: Tokens) -> (Day, Tokens)? {
        guard let first = tokens.first, ["next", "this", "the", "end"].contains(first.key) else { return nil }
        let today = local.today
        let sunday = local.adding(6, .day, to: local.monday(of: today))
        let nextMonth = local.adding(1, .month, to: Day(year: today.year, month: today.month, day: 1))
        let lastOfMonth = local.adding(-1, .day, to: nextMonth)
        let saturday = local.weekday(of: today) >= 6 ? today : local.next(weekday: 6, after: today)
        let phrases: [(String, Day)] = [
            ("next week", local.adding(1, .day, to: sunday)), ("next month", nextMonth),
            ("next year", Day(year: today.year + 1, month: 1, day: 1)), ("this week", sunday),
            ("the end of the week", sunday), ("end of the week", sunday), ("end of week", sunday),
            ("this weekend", saturday), ("the weekend", saturday),
            ("next weekend", local.adding(6, .day, to: sunday)), ("this month", lastOfMonth),
            ("the end of the month", lastOfMonth), ("end of the month", lastOfMonth), ("end of month", lastOfMonth),
            ("the end of the day", today), ("end of the day", today), ("end of day", today),
        ]
        for (phrase, day) in phrases {
            let words = phrase.split(separator: " ").map(String.init)
            if tokens.starts(with: words) { return (day, tokens.dropFirst(words.count)) }
        }
        return nil
    }

    /// "24 Dec", "the 24th of December 2026", "December 24th, 2026".
    private func monthAndDay(_ tokens: Tokens) -> (Day, Tokens)? {
        var rest = tokens.first?.key == "the" ? tokens.dropFirst() : tokens
        let day: Int
        let month: Int
        if let number = NumberWords.monthDay(rest.first) {
            rest = rest.dropFirst()
            if rest.first?.key == "." || rest.first?.key == "of" { rest = rest.dropFirst() }
            guard let name = rest.first, let named = DateWords.months[name.key] else { return nil }
            (day, month) = (number, named)
            rest = rest.dropFirst()
        } else if let name = rest.first, let named = DateWords.months[name.key],
            let number = NumberWords.monthDay(rest.at(1))
        {
            (day, month) = (number, named)
            rest = rest.dropFirst(2)
        } else {
            return nil
        }
        let year = rest.first?.key == "," ? rest.at(1) : rest.first
        if let number = year?.number, (2000...2199).contains(number) {
            let skipped = rest.first?.key == "," ? 2 : 1
            let found = Day(year: number, month: month, day: day)
            return local.exists(found) ? (found, rest.dropFirst(skipped)) : nil
        }
        return local.upcoming(month: month, day: day).map { ($0, rest) }
    }
}

extension LocalTime {
    /// The next such day, today included.
    func upcoming(month: Int, day: Int) -> Day? {
        // A leap day may be years away.
        (today.year...today.year + 8).lazy.map { Day(year: $0, month: month, day: day) }
            .first { exists($0) && $0 >= today }
    }
}
