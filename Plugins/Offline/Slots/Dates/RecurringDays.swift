import Foundation
import Time

/// A parser of recurring days: "Monday and Thursday", "the last Friday", "24 December".
struct RecurringDays {
    let local: LocalTime

    typealias Found = (Recurrence, rest: Tokens)

    /// "Tuesday and Thursday", "mondays".
    func weekdays(_ tokens: Tokens) -> Found? {
        let (days, rest) = list(tokens) { Self.weekday($0.key) }
        return days.isEmpty ? nil : (weekly(Set(days)), rest)
    }

    /// Reads "on Mondays and Thursdays", "on weekdays"; without "every" only the plural means a recurrence.
    func plural(_ tokens: Tokens) -> Found? {
        guard tokens.first?.key == "on", let first = tokens.at(1), first.key.hasSuffix("s") else { return nil }
        if let days = named(first.key) { return (days, tokens.dropFirst(2)) }
        return first.key.hasSuffix("days") ? weekdays(tokens.dropFirst()) : nil
    }

    /// Returns the recurrence for a word that names several weekdays.
    func named(_ word: String) -> Recurrence? {
        switch word {
        case "weekday", "weekdays", "workday", "workdays", "working": weekly([1, 2, 3, 4, 5])
        case "weekend", "weekends": weekly([6, 7])
        default: nil
        }
    }

    /// "on the 1st of every month", "on the last Friday of each month", "at the end of every month".
    func ofEveryMonth(_ tokens: Tokens) -> Found? {
        var rest = tokens
        if rest.first?.key == "on" || rest.first?.key == "at" { rest = rest.dropFirst() }
        if rest.starts(with: ["the", "end"]) || rest.starts(with: ["end"]) {
            let tail = rest.drop { $0.key == "the" || $0.key == "end" }
            return afterEveryMonth(tail).map { (monthly([-1]), $0) }
        }
        guard let (found, tail) = ofMonth(rest), let end = afterEveryMonth(tail) else { return nil }
        return (found, end)
    }

    /// Reads "the 15th", "the 1st and the 15th", "the last day", "the last Friday", optionally with "of the month".
    func ofMonth(_ tokens: Tokens) -> Found? {
        guard let (found, rest) = monthDays(tokens) ?? nth(tokens) else { return nil }
        let ends = [["of", "the", "month"], ["of", "a", "month"], ["in", "the", "month"]]
        return (found, ends.contains { rest.starts(with: $0) } ? rest.dropFirst(3) : rest)
    }

    /// "24 December", "the 24th of December", "Dec 24".
    func ofYear(_ tokens: Tokens) -> Found? {
        guard let (day, rest) = DayParser(local: local).dayOfYear(tokens),
            let first = local.upcoming(month: day.month, day: day.day)
        else { return nil }
        let rule = "FREQ=YEARLY;BYMONTH=\(day.month);BYMONTHDAY=\(day.day)"
        return (Recurrence(rule: rule, days: [first]), rest)
    }

    private func afterEveryMonth(_ tokens: Tokens) -> Tokens? {
        let isEvery = tokens.first?.key == "of" && ["every", "each"].contains(tokens.at(1)?.key)
        return isEvery && tokens.at(2)?.key == "month" ? tokens.dropFirst(3) : nil
    }

    private func monthDays(_ tokens: Tokens) -> Found? {
        if let rest = Self.lastDay(tokens) { return (monthly([-1]), rest) }
        // "every 15 minutes" names no day, "every month on day 15" does.
        let isNumbered = tokens.first?.key == "the" || tokens.first?.key == "day"
        let (days, rest) = list(isNumbered ? tokens.dropFirst() : tokens) { token in
            isNumbered || token.number == nil ? NumberWords.monthDay(token) : nil
        }
        // "the 24th of December" is a day of the year, "the first Monday" a weekday.
        guard !days.isEmpty, rest.first.map({ DateWords.months[$0.key] == nil && Self.weekday($0.key) == nil }) ?? true,
            !(rest.first?.key == "of" && rest.at(1).map { DateWords.months[$0.key] != nil } == true)
        else { return nil }
        return (monthly(Set(days).sorted()), rest)
    }

    private static func lastDay(_ tokens: Tokens) -> Tokens? {
        let rest = tokens.first?.key == "the" ? tokens.dropFirst() : tokens
        return rest.starts(with: ["last", "day"]) ? rest.dropFirst(2) : nil
    }

    /// "the last Friday", "second Tuesday".
    private func nth(_ tokens: Tokens) -> Found? {
        let rest = tokens.first?.key == "the" ? tokens.dropFirst() : tokens
        guard let word = rest.first, let weekday = rest.at(1).flatMap({ Self.weekday($0.key) }),
            let ordinal = word.key == "last" ? -1 : NumberWords.ordinals[word.key], ordinal <= 5
        else { return nil }
        let days = next { day in
            guard local.weekday(of: day) == weekday else { return false }
            guard ordinal == -1 else { return (day.day - 1) / 7 + 1 == ordinal }
            return local.adding(7, .day, to: day).month != day.month
        }
        let rule = "FREQ=MONTHLY;BYDAY=\(ordinal)\(Self.names[weekday - 1])"
        return (Recurrence(rule: rule, days: days), rest.dropFirst(2))
    }

    /// Returns the elements at the start, separated by commas and "and", with or without articles.
    private func list(_ tokens: Tokens, _ read: (Token) -> Int?) -> ([Int], rest: Tokens) {
        var found: [Int] = []
        var rest = tokens
        while true {
            var tail = rest
            if !found.isEmpty {
                let joints = tail.prefix { $0.key == "and" || $0.key == "," || $0.key == "&" }
                guard !joints.isEmpty else { break }
                tail = tail.dropFirst(joints.count)
            }
            while let word = tail.first, ["the", "on", "every"].contains(word.key) { tail = tail.dropFirst() }
            guard let token = tail.first, let value = read(token) else { break }
            found.append(value)
            rest = tail.dropFirst()
        }
        return (found, rest)
    }

    private func weekly(_ days: Set<Int>) -> Recurrence {
        let names = days.sorted().map { Self.names[$0 - 1] }.joined(separator: ",")
        return Recurrence(rule: "FREQ=WEEKLY;BYDAY=\(names)", days: next { days.contains(local.weekday(of: $0)) })
    }

    private func monthly(_ days: [Int]) -> Recurrence {
        let upcoming = next { day in
            days.contains(day.day) || days.contains(-1) && local.adding(1, .day, to: day).day == 1
        }
        let list = days.map(String.init).joined(separator: ",")
        return Recurrence(rule: "FREQ=MONTHLY;BYMONTHDAY=\(list)", days: upcoming)
    }

    /// Returns the first two matching days from today on. A month may lack a fifth Friday, but not two in a row.
    private func next(_ isWanted: (CivilDate) -> Bool) -> [CivilDate] {
        var found: [CivilDate] = []
        for offset in 0..<190 where found.count < 2 {
            let day = local.adding(offset, .day, to: local.today)
            if isWanted(day) { found.append(day) }
        }
        return found
    }

    private static func weekday(_ word: String) -> Int? {
        DateWords.weekdays[word.hasSuffix("days") ? String(word.dropLast()) : word]
    }

    private static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}
