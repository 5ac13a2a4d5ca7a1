import Foundation
import JSON
import Time

extension Phrases {
    /// "today at 17:00", "Fri 27 Nov", "Mon 4 Jan 2027"; the time only where the task has one.
    func date(_ date: Date) -> String {
        let day = local.day(of: date)
        let clock = local.clock(of: date)
        let time = clock == .endOfDay ? "" : " at \(Self.twoDigits(clock.hour)):\(Self.twoDigits(clock.minute))"
        if day == local.today { return "today" + time }
        if day == local.adding(1, .day, to: local.today) { return "tomorrow" + time }
        let year = day.year == local.today.year ? "" : " \(day.year)"
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
            facts.append(
                due.string.flatMap { Timestamp(rfc3339: $0)?.date }.map { "due " + date($0) } ?? "without a due date")
        }
        if let priority = arguments["priority"]?.string { facts.append("\(priority) priority") }
        if let tags = arguments["tags"]?.array?.compactMap(\.string) {
            facts.append(tags.isEmpty ? "without tags" : "tagged " + tags.map { "#\($0)" }.joined(separator: " "))
        }
        if let recurrence = arguments["recurrence"] {
            facts.append(recurrence.string.map(repeats) ?? "no longer repeated")
        }
        return facts.joined(separator: ", ")
    }

    /// "repeated every 2 weeks on Monday and Friday"
    func repeats(_ rule: String) -> String {
        RecurrenceWords(rule)?.text.map { "repeated \($0)" } ?? "repeated by \(rule)"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
