import Foundation
import Time

/// A parser of a day at the start of tokens.
struct DayParser {
    let local: LocalTime

    func day(_ tokens: Tokens, _ connector: String?) -> (CivilDate, Tokens)? {
        relative(tokens) ?? weekday(tokens, connector) ?? PeriodParser(local: local).day(tokens) ?? monthAndDay(tokens)
            ?? NumericDate(local: local).day(tokens, connector)
    }

    private func relative(_ tokens: Tokens) -> (CivilDate, Tokens)? {
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
    private func weekday(_ tokens: Tokens, _ connector: String?) -> (CivilDate, Tokens)? {
        guard let first = tokens.first else { return nil }
        let hasWord = ["this", "next", "coming"].contains(first.key)
        guard let name = hasWord ? tokens.at(1) : first, name.kind == .word,
            let weekday = DateWords.weekdays[name.key]
        else { return nil }
        // "sat" and "sun" are also words, so abbreviations need a word before them.
        guard name.key.count > 4 || hasWord || connector != nil else { return nil }
        let rest = tokens.dropFirst(hasWord ? 2 : 1)
        if first.key == "next" {
            let monday = local.adding(7, .day, to: local.monday(of: local.today))
            return (local.adding(weekday - 1, .day, to: monday), rest)
        }
        return (local.next(weekday: weekday, after: local.today), rest)
    }

    /// "24 Dec", "the 24th of December 2026", "December 24th, 2026".
    private func monthAndDay(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        guard let (found, rest) = dayOfYear(tokens) else { return nil }
        let year = rest.first?.key == "," ? rest.at(1) : rest.first
        if let number = year?.number, (2000...2199).contains(number) {
            let skipped = rest.first?.key == "," ? 2 : 1
            let day = CivilDate(year: number, month: found.month, day: found.day)
            return day.exists ? (day, rest.dropFirst(skipped)) : nil
        }
        return local.upcoming(month: found.month, day: found.day).map { ($0, rest) }
    }

    /// "24 Dec", "the 24th of December", "December 24th", whatever the year.
    func dayOfYear(_ tokens: Tokens) -> (day: (month: Int, day: Int), rest: Tokens)? {
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
        return ((month, day), rest)
    }
}

extension LocalTime {
    /// Returns the next occurrence of the day, including today.
    func upcoming(month: Int, day: Int) -> CivilDate? {
        // The next leap day can be up to eight years away.
        (today.year...today.year + 8).lazy.map { CivilDate(year: $0, month: month, day: day) }
            .first { $0.exists && $0 >= today }
    }
}
