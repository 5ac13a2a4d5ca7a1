import Foundation
import Time

/// A parser of "every Monday", "every two weeks", "on the 15th of every month", "daily".
struct RecurrenceParser {
    let local: LocalTime

    /// Returns the recurrence at the start, and the tokens after it.
    func recurrence(_ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        guard let first = tokens.first, first.kind == .word else { return nil }
        if let (unit, interval) = Self.adverbs[first.key] {
            return qualified(unit, interval, tokens.dropFirst())
        }
        if first.key == "every" || first.key == "each" {
            let rest = tokens.dropFirst()
            return interval(rest) ?? days.weekdays(rest) ?? days.ofMonth(rest) ?? days.ofYear(rest)
        }
        return days.ofEveryMonth(tokens) ?? days.plural(tokens)
    }

    /// Returns the recurrence that the tokens consist of, with the first date and the end that they name.
    func whole(_ tokens: Tokens, _ dates: DateParser) -> (Recurrence, due: DueDate?)? {
        guard let (found, tail) = recurrence(tokens) else { return nil }
        var (recurrence, rest) = (found, tail.trimmed)
        if let (end, before) = end(rest) {
            recurrence.rule += end
            rest = before.trimmed
        }
        if rest.isEmpty { return (recurrence, nil) }
        return recurrence.due(rest, dates).map { (recurrence, $0) }
    }

    /// Returns the recurrence and an optional first date at the end, and the tokens before them.
    func trailing(_ tokens: Tokens, _ dates: DateParser) -> (Recurrence, due: DueDate?, rest: Tokens)? {
        for start in tokens.indices.suffix(16) where !tokens[start].isPunctuation {
            if let (recurrence, due) = whole(tokens[start...], dates) { return (recurrence, due, tokens[..<start]) }
        }
        return nil
    }

    private var days: RecurringDays { RecurringDays(local: local) }

    private func interval(_ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        guard let first = tokens.first else { return nil }
        if let days = days.named(first.key) {
            return (days, tokens.dropFirst(first.key == "working" ? 2 : 1))
        }
        // "every morning": the time is read from the rest.
        if DateWords.dayParts[first.key] != nil { return (daily(interval: 1), tokens) }
        let count = first.key == "other" ? 2 : NumberWords.count(first) ?? NumberWords.ordinals[first.key]
        let unit = count == nil ? first : tokens.at(1)
        guard (1...99).contains(count ?? 1), let unit else { return nil }
        let rest = tokens.dropFirst(count == nil ? 1 : 2)
        if let unit = Unit(unit.key) { return qualified(unit, count ?? 1, rest) }
        guard first.key == "other", let (weekly, rest) = days.weekdays(tokens.dropFirst()) else { return nil }
        return (Recurrence(rule: weekly.rule.replacing("WEEKLY", with: "WEEKLY;INTERVAL=2"), days: weekly.days), rest)
    }

    /// "every month on the 15th", "every 2 weeks on Monday", "every year on 24 December".
    private func qualified(_ unit: Unit, _ interval: Int, _ tokens: Tokens) -> (Recurrence, rest: Tokens)? {
        let start = "FREQ=\(unit.frequency)"
        let rule = interval == 1 ? start : start + ";INTERVAL=\(interval)"
        let tail = tokens.first?.key == "on" || tokens.first?.key == "at" ? tokens.dropFirst() : tokens
        let named: (Recurrence, rest: Tokens)?
        switch unit {
        case .day: return (daily(interval: interval), tokens)
        case .week: named = days.weekdays(tail) ?? days.named(tail.first?.key ?? "").map { ($0, tail.dropFirst()) }
        case .month: named = days.ofMonth(tail)
        case .year: named = days.ofYear(tail)
        }
        guard let (found, rest) = named, found.rule.hasPrefix(start) else {
            return (Recurrence(rule: rule), tokens)
        }
        return (Recurrence(rule: found.rule.replacing(start, with: rule), days: found.days), rest)
    }

    private func daily(interval: Int) -> Recurrence {
        Recurrence(
            rule: interval == 1 ? "FREQ=DAILY" : "FREQ=DAILY;INTERVAL=\(interval)",
            days: [local.today, local.adding(1, .day, to: local.today)])
    }

    /// "until 24 December", "10 times", "for two weeks" at the end.
    private func end(_ tokens: Tokens) -> (String, rest: Tokens)? {
        if let until = tokens.lastIndex(where: { $0.key == "until" || $0.key == "till" }),
            let (day, rest) = DayParser(local: local).day(tokens[(until + 1)...], "until"), rest.trimmed.isEmpty
        {
            return (";UNTIL=\(day.digits)", tokens[..<until])
        }
        if tokens.last?.key == "times", let count = NumberWords.count(tokens.dropLast().last), (1...999).contains(count)
        {
            let rest = tokens.dropLast(2)
            return (";COUNT=\(count)", rest.last?.key == "for" ? rest.dropLast() : rest)
        }
        guard let start = tokens.lastIndex(where: { $0.key == "for" }) else { return nil }
        var span = tokens[(start + 1)...]
        while let word = span.first, ["the", "next"].contains(word.key) { span = span.dropFirst() }
        guard let (count, unit, rest) = DurationParser.span(span), rest.trimmed.isEmpty, unit != .minute, unit != .hour
        else { return nil }
        let last = local.adding(-1, .day, to: local.adding(count, unit, to: local.today))
        return (";UNTIL=\(last.digits)", tokens[..<start])
    }

    private enum Unit {
        case day, week, month, year

        init?(_ word: String) {
            switch word {
            case "day", "days": self = .day
            case "week", "weeks": self = .week
            case "month", "months": self = .month
            case "year", "years": self = .year
            default: return nil
            }
        }

        var frequency: String {
            switch self {
            case .day: "DAILY"
            case .week: "WEEKLY"
            case .month: "MONTHLY"
            case .year: "YEARLY"
            }
        }
    }

    private static let adverbs: [String: (Unit, Int)] = [
        "daily": (.day, 1), "weekly": (.week, 1), "fortnightly": (.week, 2), "biweekly": (.week, 2),
        "monthly": (.month, 1), "quarterly": (.month, 3), "yearly": (.year, 1), "annually": (.year, 1),
    ]
}

extension CivilDate {
    /// The day in the format of UNTIL: 20261224.
    fileprivate var digits: String { String(year * 10_000 + month * 100 + day) }
}
