import Foundation

/// "in 3 days", "two weeks from now", "in half an hour".
enum DurationParser {
    /// Returns the count and unit at the start.
    static func span(_ tokens: Tokens) -> (count: Int, unit: Calendar.Component, rest: Tokens)? {
        if tokens.starts(with: ["half", "an", "hour"]) { return (30, .minute, tokens.dropFirst(3)) }
        if tokens.starts(with: ["a", "couple", "of"]), let unit = tokens.at(3).flatMap({ DateWords.units[$0.key] }) {
            return (2, unit, tokens.dropFirst(4))
        }
        let isArticle = tokens.first.map { $0.key == "a" || $0.key == "an" } ?? false
        guard let count = isArticle ? 1 : NumberWords.count(tokens.first), count <= 1000,
            let unit = tokens.at(1).flatMap({ DateWords.units[$0.key] })
        else { return nil }
        return (count, unit, tokens.dropFirst(2))
    }

    /// Returns the instant after a duration in hours or minutes; whole days are read by `DayParser`.
    static func instant(_ tokens: Tokens, _ local: LocalTime) -> (Date, Tokens)? {
        guard let (count, unit, rest) = ahead(tokens), unit == .minute || unit == .hour else { return nil }
        return (local.adding(count, unit, to: local.now), rest)
    }

    /// Returns a duration from now.
    static func ahead(_ tokens: Tokens) -> (count: Int, unit: Calendar.Component, rest: Tokens)? {
        if tokens.first?.key == "in" || tokens.first?.key == "within" {
            var tail = tokens.dropFirst()
            if tail.starts(with: ["the", "next"]) { tail = tail.dropFirst(2) }
            return span(tail)
        }
        guard let (count, unit, rest) = span(tokens) else { return nil }
        if rest.starts(with: ["from", "now"]) { return (count, unit, rest.dropFirst(2)) }
        if rest.starts(with: ["from", "today"]) { return (count, unit, rest.dropFirst(2)) }
        return nil
    }
}
