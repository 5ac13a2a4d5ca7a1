import Foundation
import Time

/// The user's clock and calendar, by which "today" and "5 pm" are resolved.
struct LocalTime: Sendable {
    let now: Date
    let calendar: Calendar
    /// Whether 3/4 is read as March 4.
    let monthFirst: Bool
    let today: CivilDate

    init(now: Date, timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        // Weeks begin on Monday.
        calendar.firstWeekday = 2
        self.now = now
        self.calendar = calendar
        monthFirst = timeZone.identifier.hasPrefix("America/")
        today = Self.day(of: now, calendar)
    }

    func day(of date: Date) -> CivilDate { Self.day(of: date, calendar) }

    private static func day(of date: Date, _ calendar: Calendar) -> CivilDate {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
    }

    func clock(of date: Date) -> ClockTime {
        let parts = calendar.dateComponents([.hour, .minute, .second], from: date)
        return ClockTime(hour: parts.hour ?? 0, minute: parts.minute ?? 0, second: parts.second ?? 0)
    }

    /// Returns the instant of a local time; a time that the clocks skip is moved forward.
    func date(_ day: CivilDate, _ time: ClockTime) -> Date {
        let parts = DateComponents(
            year: day.year, month: day.month, day: day.day, hour: time.hour, minute: time.minute, second: time.second)
        return calendar.date(from: parts) ?? now
    }

    func start(of day: CivilDate) -> Date { date(day, ClockTime(hour: 0, minute: 0)) }
    func end(of day: CivilDate) -> Date { date(day, .endOfDay) }

    func adding(_ count: Int, _ unit: Calendar.Component, to date: Date) -> Date {
        calendar.date(byAdding: unit, value: count, to: date) ?? date
    }

    func adding(_ count: Int, _ unit: Calendar.Component, to day: CivilDate) -> CivilDate {
        switch unit {
        case .day: CivilDate(daysSince1970: day.daysSince1970 + count)
        case .weekOfYear: CivilDate(daysSince1970: day.daysSince1970 + 7 * count)
        case .month: day.adding(months: count)
        case .year: day.adding(months: 12 * count)
        default: self.day(of: adding(count, unit, to: date(day, ClockTime(hour: 12, minute: 0))))
        }
    }

    /// Returns the weekday, from 1 for Monday to 7 for Sunday.
    func weekday(of day: CivilDate) -> Int { day.weekday }

    /// Returns the Monday of the week of `day`.
    func monday(of day: CivilDate) -> CivilDate { adding(1 - weekday(of: day), .day, to: day) }

    /// Returns the next such weekday after `day`.
    func next(weekday: Int, after day: CivilDate) -> CivilDate {
        let ahead = (weekday - self.weekday(of: day) + 7) % 7
        return adding(ahead == 0 ? 7 : ahead, .day, to: day)
    }
}

/// A time of day.
struct ClockTime: Sendable, Hashable {
    var hour: Int
    var minute: Int
    var second = 0

    /// The due time of a day without a time, so that it is overdue when the day has passed.
    static let endOfDay = ClockTime(hour: 23, minute: 59, second: 59)
}
