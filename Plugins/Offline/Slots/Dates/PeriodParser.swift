import Foundation
import Time

/// A parser of days named by a week, month or year: "next week", "the end of November", "this weekend".
struct PeriodParser {
    let local: LocalTime

    /// Returns the first day of "next week" and "next month", and the last day of "this week" and the like.
    func day(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        weekend(tokens) ?? edge(tokens) ?? whole(tokens)
    }

    private func whole(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        guard let first = tokens.first, ["next", "this"].contains(first.key),
            let (start, end, rest) = period(tokens), tokens.at(1)?.key != "day"
        else { return nil }
        return (first.key == "next" ? start : end, rest)
    }

    /// "the end of next week", "beginning of December", "end of the day".
    private func edge(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        var rest = tokens.first?.key == "the" ? tokens.dropFirst() : tokens
        guard let edge = rest.first, rest.at(1)?.key == "of" || edge.key == "end" else { return nil }
        rest = rest.dropFirst(rest.at(1)?.key == "of" ? 2 : 1)
        guard let (start, end, tail) = period(rest) else { return nil }
        switch edge.key {
        case "end": return (end, tail)
        case "start", "beginning": return (start, tail)
        default: return nil
        }
    }

    private func weekend(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        guard let first = tokens.first, tokens.at(1)?.key == "weekend" else { return nil }
        let today = local.today
        switch first.key {
        case "this", "the":
            return (local.weekday(of: today) >= 6 ? today : local.next(weekday: 6, after: today), tokens.dropFirst(2))
        case "next": return (local.adding(12, .day, to: local.monday(of: today)), tokens.dropFirst(2))
        default: return nil
        }
    }

    /// Returns the first and last day of "next week", "the month", "this year", "day", "November".
    private func period(_ tokens: Tokens) -> (start: CivilDate, end: CivilDate, rest: Tokens)? {
        let shift = tokens.first?.key == "next" ? 1 : 0
        let hasWord = tokens.first.map { ["the", "this", "next", "my"].contains($0.key) } ?? false
        let named = hasWord ? tokens.dropFirst() : tokens
        guard let name = named.first else { return nil }
        let today = local.today
        let rest = named.dropFirst()
        switch name.key {
        case "day" where shift == 0: return (today, today, rest)
        case "week":
            let monday = local.adding(7 * shift, .day, to: local.monday(of: today))
            return (monday, local.adding(6, .day, to: monday), rest)
        case "month":
            return month(local.adding(shift, .month, to: CivilDate(year: today.year, month: today.month, day: 1)), rest)
        case "year":
            let year = today.year + shift
            return (CivilDate(year: year, month: 1, day: 1), CivilDate(year: year, month: 12, day: 31), rest)
        default:
            guard !hasWord, let month = DateWords.months[name.key] else { return nil }
            let year = rest.first?.number.flatMap { (2000...2199).contains($0) ? $0 : nil }
            let first = CivilDate(
                year: year ?? (month < today.month ? today.year + 1 : today.year), month: month, day: 1)
            return self.month(first, year == nil ? rest : rest.dropFirst())
        }
    }

    private func month(_ first: CivilDate, _ rest: Tokens) -> (start: CivilDate, end: CivilDate, rest: Tokens) {
        (first, local.adding(-1, .day, to: local.adding(1, .month, to: first)), rest)
    }
}
