import Foundation
import Time

/// A range of time for listing tasks.
struct DateRange: Sendable, Hashable {
    var from: Date?
    var to: Date?
    /// The user's words for the range.
    var words: String

    func contains(_ date: Date) -> Bool {
        (from.map { date >= $0 } ?? true) && (to.map { date <= $0 } ?? true)
    }
}

/// A parser of "today", "this week", "by Friday", "in the next 3 days".
struct DateRangeParser {
    let local: LocalTime

    func range(_ tokens: Tokens) -> (DateRange, rest: Tokens)? {
        let isFrom = tokens.first.map { ["from", "in", "during", "for", "of"].contains($0.key) } ?? false
        guard
            let (range, rest) = span(isFrom ? tokens.dropFirst() : tokens) ?? month(tokens) ?? upcoming(tokens)
                ?? bounded(tokens)
        else { return nil }
        let words = tokens[..<rest.startIndex].map { token in
            let isName =
                DateWords.weekdays[token.key] != nil || DateWords.months[token.key] != nil && token.key.count > 3
            return isName ? token.text.capitalized : token.text
        }
        let said = words.filter { !$0.isEmpty }.joined(separator: " ")
        return (DateRange(from: range.from, to: range.to, words: said), rest)
    }

    private typealias Span = (from: Date?, to: Date?)

    /// Reads calendar weeks and months.
    private func span(_ tokens: Tokens) -> (Span, Tokens)? {
        guard let first = tokens.first, let unit = tokens.at(1),
            let shift = ["this": 0, "next": 1, "last": -1, "past": -1, "previous": -1][first.key]
        else { return nil }
        let today = local.today
        let rest = tokens.dropFirst(2)
        switch unit.key {
        case "week":
            let monday = local.adding(7 * shift, .day, to: local.monday(of: today))
            return ((local.start(of: monday), local.end(of: local.adding(6, .day, to: monday))), rest)
        case "weekend":
            let saturday = local.adding(7 * shift + 5, .day, to: local.monday(of: today))
            return ((local.start(of: saturday), local.end(of: local.adding(1, .day, to: saturday))), rest)
        case "month":
            let first = local.adding(shift, .month, to: CivilDate(year: today.year, month: today.month, day: 1))
            let last = local.adding(-1, .day, to: local.adding(1, .month, to: first))
            return ((local.start(of: first), local.end(of: last)), rest)
        case "year":
            let (first, last) = (
                CivilDate(year: today.year + shift, month: 1, day: 1),
                CivilDate(year: today.year + shift, month: 12, day: 31)
            )
            return ((local.start(of: first), local.end(of: last)), rest)
        default: return nil
        }
    }

    /// "in December"
    private func month(_ tokens: Tokens) -> (Span, Tokens)? {
        guard let first = tokens.first, first.key == "in" || first.key == "for",
            let month = tokens.at(1).flatMap({ DateWords.months[$0.key] })
        else { return nil }
        let today = local.today
        let start = CivilDate(year: month < today.month ? today.year + 1 : today.year, month: month, day: 1)
        let last = local.adding(-1, .day, to: local.adding(1, .month, to: start))
        return ((local.start(of: start), local.end(of: last)), tokens.dropFirst(2))
    }

    /// Reads "in the next 3 days", "within a week"; "in 3 days" is that day only.
    private func upcoming(_ tokens: Tokens) -> (Span, Tokens)? {
        var tail = tokens
        let isWithin = tail.first?.key == "within"
        if let first = tail.first, ["in", "within", "over", "for"].contains(first.key) { tail = tail.dropFirst() }
        if tail.first?.key == "the" { tail = tail.dropFirst() }
        let isNext = tail.first?.key == "next" || tail.first?.key == "coming"
        if isNext { tail = tail.dropFirst() }
        guard isWithin || isNext, let (count, unit, rest) = DurationParser.span(tail) else { return nil }
        let end = local.adding(count, unit, to: local.now)
        let isShort = unit == .minute || unit == .hour
        return ((local.now, isShort ? end : local.end(of: local.day(of: end))), rest)
    }

    /// "before December", "after November"
    private func beside(_ tokens: Tokens, _ connector: String) -> (Span, Tokens)? {
        guard let name = tokens.first, let month = DateWords.months[name.key],
            NumberWords.monthDay(tokens.at(1)) == nil
        else { return nil }
        let year = month < local.today.month ? local.today.year + 1 : local.today.year
        let first = CivilDate(year: year, month: month, day: 1)
        let rest = tokens.dropFirst()
        switch connector {
        case "before", "by", "until", "till": return ((nil, local.end(of: local.adding(-1, .day, to: first))), rest)
        case "after": return ((local.start(of: local.adding(1, .month, to: first)), nil), rest)
        case "since", "from": return ((local.start(of: first), nil), rest)
        default: return nil
        }
    }

    /// Reads a day, or the time before or after it.
    private func bounded(_ tokens: Tokens) -> (Span, Tokens)? {
        guard let first = tokens.first else { return nil }
        let isConnector = ["on", "for", "before", "by", "until", "till", "after", "since", "from"].contains(first.key)
        let tail = isConnector ? tokens.dropFirst() : tokens
        if first.key != "after", first.key != "since", tail.first?.key == "tonight" {
            return ((local.now, local.end(of: local.today)), tail.dropFirst())
        }
        if isConnector, let range = beside(tail, first.key) { return range }
        guard let (day, rest) = DayParser(local: local).day(tail, isConnector ? first.key : nil) else { return nil }
        switch isConnector ? first.key : "on" {
        case "before": return ((nil, local.end(of: local.adding(-1, .day, to: day))), rest)
        case "by", "until", "till": return ((nil, local.end(of: day)), rest)
        case "after": return ((local.start(of: local.adding(1, .day, to: day)), nil), rest)
        case "since": return ((local.start(of: day), nil), rest)
        default: return ((local.start(of: day), local.end(of: day)), rest)
        }
    }
}
