import Foundation
import Time

/// A parser of dates in words.
struct DateParser {
    let local: LocalTime

    /// The maximum number of tokens of a date.
    private static let longest = 10
    private static let joints: Set<String> = ["to", "and", "or", "of", "than", "vs", "-", "the"]

    /// Returns the due date that the tokens consist of. A time alone applies to `day`, if given.
    func whole(_ tokens: Tokens, on day: CivilDate? = nil) -> DueDate? {
        let tokens = tokens.trimmed
        guard !tokens.isEmpty, tokens.count <= Self.longest else { return nil }
        for start in [DateReading(day: day), DateReading()] {
            if let (reading, rest) = reading(tokens, from: start), rest.isEmpty { return reading.due(local) }
        }
        return nil
    }

    /// Returns the day and time that the tokens consist of.
    func parts(_ tokens: Tokens) -> DateReading? {
        let tokens = tokens.trimmed
        guard !tokens.isEmpty, tokens.count <= Self.longest, let (reading, rest) = reading(tokens, from: DateReading()),
            rest.isEmpty
        else { return nil }
        return reading
    }

    /// Returns the longest due date at the end, and the tokens before it.
    func trailing(_ tokens: Tokens, on day: CivilDate? = nil) -> (due: DueDate, rest: Tokens)? {
        for start in tokens.indices.suffix(Self.longest) {
            // A comma belongs to the tokens before it; "from 3 to 4 pm" is not a date.
            let isJoined = tokens[..<start].last.map { Self.joints.contains($0.key) } ?? false
            guard !tokens[start].isPunctuation, let due = whole(tokens[start...], on: day) else { continue }
            guard isJoined else { return (due, tokens[..<start]) }
            // No part of "reschedule it to next Friday" is a date of its own.
            let isSpan = tokens[..<start].dropLast().last?.key.first?.isNumber == true
            if tokens[..<start].last?.key == "to", !isSpan { return nil }
        }
        return nil
    }

    /// Returns the due date at the start, and the tokens after it.
    func leading(_ tokens: Tokens) -> (due: DueDate, rest: Tokens)? {
        guard let (reading, rest) = reading(tokens.prefix(Self.longest), from: DateReading()),
            let due = reading.due(local)
        else {
            return nil
        }
        return (due, tokens[rest.startIndex...])
    }

    /// Returns an unambiguous date in the middle: "call mom tomorrow about dinner".
    func inside(_ tokens: Tokens) -> DueDate? {
        for start in tokens.indices {
            let key = tokens[start].key
            let next = tokens[start...].at(1)
            let isClear =
                key == "today" || key == "tonight" || DateWords.tomorrow.contains(key)
                || key == "on" && next.map { $0.key.count > 3 && DateWords.weekdays[$0.key] != nil } == true
            if tokens[start].kind == .word, isClear { return leading(tokens[start...])?.due }
        }
        return nil
    }

    /// Returns the parts of a date at the start, in any order, and the tokens after them.
    private func reading(_ tokens: Tokens, from start: DateReading) -> (reading: DateReading, rest: Tokens)? {
        var reading = start
        var rest = tokens
        while true {
            var tail = rest
            var connector: String?
            while let token = tail.first, !tail.isEmpty {
                let isWord = DateWords.connectors.contains(token.key) || connector == "due" && token.key == "date"
                guard isWord || token.key == "," && !reading.isEmpty else { break }
                connector = token.key
                tail = tail.dropFirst()
            }
            guard let after = part(tail, connector, into: &reading) else { break }
            rest = after
        }
        return reading.isEmpty ? nil : (reading, rest)
    }

    /// Reads one part that adds information; returns nil when there is none.
    private func part(_ tokens: Tokens, _ connector: String?, into reading: inout DateReading) -> Tokens? {
        guard let first = tokens.first, first.kind != .quoted, first.kind != .tag else { return nil }
        if reading.instant == nil, reading.isEmpty, let (instant, rest) = DurationParser.instant(tokens, local) {
            reading.instant = instant
            return rest
        }
        if reading.day == nil, reading.instant == nil,
            let (day, rest) = DayParser(local: local).day(tokens, connector)
        {
            reading.day = day
            return rest
        }
        return TimeParser.part(tokens, connector, local, into: &reading)
    }
}
