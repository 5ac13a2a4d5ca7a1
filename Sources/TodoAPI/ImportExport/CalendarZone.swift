import Foundation
import Time
import TodoStore

/// The time zone of recurrences in a calendar (RFC 5545, section 3.6.5): "every Tuesday" is a Tuesday of the user.
struct CalendarZone {
    let timeZone: TimeZone

    /// Returns the definition, with the clock changes from the year before `now` to ten years after it.
    func component(now: Timestamp) -> [String] {
        guard !isUTC else { return [] }
        var instant = now.adding(seconds: -Self.year).date
        let end = now.adding(seconds: 10 * Self.year).date
        let offset = timeZone.secondsFromGMT(for: instant)
        var lines = ["BEGIN:VTIMEZONE", "TZID:\(timeZone.identifier)"]
        lines += Self.observance("STANDARD", "19700101T000000", from: offset, to: offset)
        while let next = timeZone.nextDaylightSavingTimeTransition(after: instant), next > instant, next < end {
            let (before, after) = (timeZone.secondsFromGMT(for: next - 1), timeZone.secondsFromGMT(for: next))
            let kind = timeZone.isDaylightSavingTime(for: next) ? "DAYLIGHT" : "STANDARD"
            lines += Self.observance(kind, Self.text(Timestamp(next), offset: before), from: before, to: after)
            instant = next
        }
        return lines + ["END:VTIMEZONE"]
    }

    /// `DUE;TZID=Europe/Berlin:20261124T235959`
    func property(_ name: String, _ timestamp: Timestamp) -> String {
        guard !isUTC else { return "\(name):\(Self.utc(timestamp))" }
        let offset = timeZone.secondsFromGMT(for: timestamp.date)
        return "\(name);TZID=\(timeZone.identifier):\(Self.text(timestamp, offset: offset))"
    }

    /// Returns the rule with UNTIL as a time, which is required when the start is one: the end of the day in the time
    /// zone.
    func rule(_ rule: String) -> String {
        rule.split(separator: ";").map { part in
            let digits = part.dropFirst("UNTIL=".count)
            guard part.hasPrefix("UNTIL="), digits.count == 8, let end = endOfDay(digits) else { return String(part) }
            return "UNTIL=" + Self.utc(end)
        }.joined(separator: ";")
    }

    private func endOfDay(_ digits: Substring) -> Timestamp? {
        guard let number = Int(digits) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = DateComponents(
            year: number / 10_000, month: number / 100 % 100, day: number % 100, hour: 23, minute: 59, second: 59)
        return calendar.date(from: parts).map { Timestamp($0) }
    }

    private var isUTC: Bool { timeZone.secondsFromGMT() == 0 && timeZone.nextDaylightSavingTimeTransition == nil }

    /// `20261122T195409Z`
    static func utc(_ timestamp: Timestamp) -> String { text(timestamp, offset: 0) + "Z" }

    private static func text(_ timestamp: Timestamp, offset: Int) -> String {
        String(timestamp.adding(seconds: offset).rfc3339.prefix(19)).filter { $0 != "-" && $0 != ":" }
    }

    private static func observance(_ kind: String, _ start: String, from: Int, to: Int) -> [String] {
        [
            "BEGIN:\(kind)", "DTSTART:\(start)", "TZOFFSETFROM:\(sign(from))", "TZOFFSETTO:\(sign(to))",
            "END:\(kind)",
        ]
    }

    /// `+0100`
    private static func sign(_ seconds: Int) -> String {
        let digits = String(10_000 + abs(seconds) / 3600 * 100 + abs(seconds) / 60 % 60).dropFirst()
        return (seconds < 0 ? "-" : "+") + digits
    }

    private static let year = 366 * 86_400
}
