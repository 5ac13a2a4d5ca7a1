package import Foundation
import JSON
package import ProviderKit
import Text
import Time
import TodoStore

/// A reader of times and repetitions in the arguments of calls, as models write them: a date alone, a local time without
/// an offset, a user's own words, "daily".
package struct WrittenTimes: Sendable {
    private let now: Date
    private let timeZone: TimeZone
    private let words: @Sendable (String) -> SpokenMoment?

    /// - Parameters:
    ///   - now: The time from which words such as "tomorrow" count.
    ///   - words: Reads a time in words.
    package init(now: Date, timeZone: TimeZone, words: @escaping @Sendable (String) -> SpokenMoment? = { _ in nil }) {
        self.now = now
        self.timeZone = timeZone
        self.words = words
    }

    private static let times: Set<String> = ["due_at", "due_from", "due_to"]
    private static let nothing: Set<String> = ["", "none", "null", "nil", "no", "never", "n/a"]
    private static let rules = [
        "daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY", "monthly": "FREQ=MONTHLY", "yearly": "FREQ=YEARLY",
        "annually": "FREQ=YEARLY",
    ]
    private static let longest = 100

    /// Returns the arguments with their times in RFC 3339 and their repetitions as the value of an RRULE.
    ///
    /// - Parameter clears: Whether null clears a member; otherwise an argument that says "none" is left out.
    /// - Throws: `ToolFailure` for a time that nothing reads.
    func normalized(_ arguments: JSONObject, clears: Bool) throws -> JSONObject {
        var normalized = JSONObject()
        for member in arguments.members {
            guard Self.times.contains(member.name) || member.name == "recurrence", let text = member.value.string,
                text.utf8.count <= Self.longest
            else {
                normalized[member.name] = member.value
                continue
            }
            var plain = Substring(text.trimmingCharacters(in: .whitespacesAndNewlines))
            if plain.hasSuffix(".") { plain = plain.dropLast() }
            if Self.nothing.contains(plain.lowercased()) {
                if clears { normalized[member.name] = .null }
            } else if member.name == "recurrence" {
                normalized[member.name] = .string(recurrence(String(plain)))
            } else if let time = time(String(plain), isStart: member.name == "due_from") {
                normalized[member.name] = .string(time.rfc3339)
            } else {
                throw ToolFailure(code: "validation_failed", message: "\(member.name): \(advice)")
            }
        }
        return normalized
    }

    /// A description of a right time that cannot be taken for one.
    private var advice: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let year = calendar.component(.year, from: now)
        return
            "must be YYYY-MM-DD, or YYYY-MM-DDThh:mm on the user's clock, or the user's own words; the year is \(year)"
    }

    private func recurrence(_ text: String) -> String {
        let rule = text.lowercased().hasPrefix("rrule:") ? String(text.dropFirst(6)) : text
        return Self.rules[rule.lowercased()] ?? words(rule)?.recurrence ?? rule
    }

    private func time(_ text: String, isStart: Bool) -> Timestamp? {
        if let exact = Timestamp(rfc3339: text) { return exact }
        if let moment = local(text, isStart: isStart) { return moment }
        guard let moment = words(text) else { return nil }
        return (isStart ? moment.startOfDay ?? moment.instant : moment.instant).map(Timestamp.init)
    }

    /// Reads a date, or a date with a time on the user's clock, such as `2026-11-24` and `2026-11-24 17:00`.
    private func local(_ text: String, isStart: Bool) -> Timestamp? {
        guard let day = String(text.utf8.prefix(10)), Timestamp(rfc3339: day + "T00:00:00Z") != nil else { return nil }
        var rest = text.utf8.dropFirst(10)
        guard " Tt".utf8.contains(rest.popFirst() ?? UInt8(ascii: " ")) else { return nil }
        var parts = String(decoding: rest, as: UTF8.self).split(separator: " ").map(String.init)
        var offset = ""
        if parts.count == 2, ["UTC", "GMT"].contains(parts[1].prefix(3).uppercased()) {
            offset = parts[1].utf8.count == 3 ? "Z" : String(parts[1].dropFirst(3))
            parts.removeLast()
        }
        guard parts.count <= 1 else { return nil }
        var time = parts.first ?? (isStart ? "00:00:00" : "23:59:59")
        if time.utf8.count == 5 { time += ":00" }
        guard let utc = Timestamp(rfc3339: "\(day)T\(time)Z") else { return nil }
        if !offset.isEmpty { return Timestamp(rfc3339: "\(day)T\(time)\(offset)") }
        return utc.onClock(of: timeZone)
    }
}
