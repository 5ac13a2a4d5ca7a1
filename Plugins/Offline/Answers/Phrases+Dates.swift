import Foundation
import JSON
import Time

extension Phrases {
    /// "today at 17:00", "Fri 27 Nov", "Mon 4 Jan 2027"; the time only where the task has one.
    func date(_ date: Date) -> String {
        let day = local.day(of: date)
        let clock = local.clock(of: date)
        let digits = "\(Self.twoDigits(clock.hour)):\(Self.twoDigits(clock.minute))"
        let time = clock == .endOfDay ? "" : " " + (say(.time, digits) ?? "at " + digits)
        let names = words?.variants(.days) ?? ["today", "tomorrow"]
        if day == local.today { return (names.first ?? "") + time }
        if day == local.adding(1, .day, to: local.today) { return (names.last ?? "") + time }
        let year = day.year == local.today.year ? "" : " \(day.year)"
        if let weekday = words?.variants(.weekdays)?[safe: local.weekday(of: day) - 1],
            let month = words?.variants(.months)?[safe: day.month - 1],
            let text = say(.date, weekday, String(day.day), month)
        {
            return text + year + time
        }
        return "\(Self.weekdays[local.weekday(of: day) - 1]) \(day.day) \(Self.months[day.month - 1])\(year)\(time)"
    }

    /// "Sun 22 Nov 2026, 21:00"
    var clock: String {
        let (day, time) = (local.today, local.clock(of: local.now))
        return "\(Self.weekdays[local.weekday(of: day) - 1]) \(day.day) \(Self.months[day.month - 1]) \(day.year), "
            + "\(Self.twoDigits(time.hour)):\(Self.twoDigits(time.minute))"
    }

    /// Describes the arguments other than the title: "due tomorrow, high priority, #work".
    func details(of arguments: JSONObject) -> String {
        var facts: [String] = []
        if let due = arguments["due_at"] {
            let day = due.string.flatMap { Timestamp(rfc3339: $0)?.date }.map(date)
            facts.append(day.map { say(.due, $0) ?? "due " + $0 } ?? say(.withoutDate) ?? "without a due date")
        }
        if let priority = arguments["priority"]?.string { facts.append(self.priority(priority)) }
        if let tags = arguments["tags"]?.array?.compactMap(\.string) {
            let names = tags.map { "#\($0)" }.joined(separator: " ")
            facts.append(tags.isEmpty ? "without tags" : words == nil ? "tagged " + names : names)
        }
        if let recurrence = arguments["recurrence"] {
            facts.append(recurrence.string.map(repeats) ?? say(.notRepeated) ?? "no longer repeated")
        }
        return facts.joined(separator: ", ")
    }

    /// "repeated every 2 weeks on Monday and Friday"
    func repeats(_ rule: String) -> String {
        // The words of other languages tell how often, and not on which days.
        if let words = words?.variants(.repeated) {
            let units = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
            if let unit = units.firstIndex(where: rule.uppercased().contains), let word = words[safe: unit] {
                return word
            }
        }
        return RecurrenceWords(rule)?.text.map { "repeated \($0)" } ?? "repeated by \(rule)"
    }

    /// "high priority"
    func priority(_ level: String) -> String {
        let place = ["high", "medium", "low"].firstIndex(of: level)
        return place.flatMap { words?.variants(.priorities)?[safe: $0] } ?? "\(level) priority"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
