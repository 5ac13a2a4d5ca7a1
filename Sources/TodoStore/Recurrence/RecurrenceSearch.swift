package import Foundation
package import Time

/// A search for the next occurrence of a rule, period by period from the first occurrence on.
///
/// At most `limit` days, weeks and months are looked at. What comes later is given up: a rule that never meets its own
/// beginning, such as every twelfth month, but only in January, from a February on; or a COUNT that was missed 2,000 times.
package struct RecurrenceSearch {
    /// 166 years of months.
    package static let limit = 2000

    private let rule: RecurrenceRule
    private let days: RecurrenceDays
    private let start: LocalMoment
    private let first: CivilDate
    private var period = 0
    /// The number of days, weeks and months checked so far.
    package private(set) var candidates = 0

    init(_ rule: RecurrenceRule, start: LocalMoment) {
        self.rule = rule
        self.start = start
        days = RecurrenceDays(rule)
        first = CivilDate(daysSince1970: start.day)
    }

    /// Returns the first occurrence after the start that is not in the past, and the number of occurrences up to it.
    package mutating func next(now: Timestamp, timeZone: TimeZone) -> (due: Timestamp, passed: Int)? {
        // Whatever the clocks: earlier days are past.
        let earliest = LocalMoment(now, timeZone).day - 1
        // With a COUNT every occurrence must be counted; otherwise past ones can be skipped.
        if rule.count == nil { period = firstPeriod(reaching: max(earliest, start.day)) }
        let startTime = start.timestamp(in: timeZone)
        var passed = 0
        while let days = nextDays(), look(at: max(days.count - 1, 0)) {
            for day in days where day > start.day {
                passed += 1
                guard passed < rule.count ?? .max else { return nil }
                guard day >= earliest else { continue }
                let moment = LocalMoment(day: day, milliseconds: start.milliseconds).timestamp(in: timeZone)
                guard isBeforeEnd(moment, day) else { return nil }
                if moment > startTime, moment > now { return (moment, passed) }
            }
        }
        return nil
    }

    private func isBeforeEnd(_ moment: Timestamp, _ day: Int) -> Bool {
        switch rule.until {
        case nil: true
        case .day(let last): day <= last
        case .moment(let last): moment <= last
        }
    }

    /// Returns the number of the period that contains a day, or of the last one before it.
    private func firstPeriod(reaching day: Int) -> Int {
        let date = CivilDate(daysSince1970: day)
        let steps =
            switch rule.frequency {
            case .daily: day - start.day
            case .weekly: (day - monday) / 7
            case .monthly: (date.year - first.year) * 12 + date.month - first.month
            case .yearly: date.year - first.year
            }
        return steps / rule.interval
    }

    private var monday: Int { start.day - RecurrenceRule.weekday(start.day) }

    /// Returns the days of the next period, ascending; nil at the end of the calendar or beyond the limit.
    private mutating func nextDays() -> [Int]? {
        let steps = period * rule.interval
        period += 1
        switch rule.frequency {
        case .daily: return nextDay(start.day + steps)
        case .weekly:
            let monday = monday + steps * 7
            guard monday < Self.endOfCalendar, look(at: 1) else { return nil }
            let wanted =
                rule.weekdays.isEmpty ? [RecurrenceRule.weekday(start.day)] : rule.weekdays.map(\.weekday).sorted()
            return wanted.map { monday + $0 }.filter(isInMonth)
        case .monthly:
            let month = first.year * 12 + first.month - 1 + steps
            guard month / 12 <= Self.lastYear, look(at: 1) else { return nil }
            return days(year: month / 12, month: month % 12 + 1)
        case .yearly:
            let year = first.year + steps
            let isOfFirst = rule.months.isEmpty && !days.choosesDays
            let months = isOfFirst ? [first.month] : days.monthsOfYear
            guard year <= Self.lastYear, look(at: months.count) else { return nil }
            return days.hasWeekdays
                ? days.days(year: year) : months.flatMap { days(year: year, month: $0) }
        }
    }

    private mutating func nextDay(_ day: Int) -> [Int]? {
        guard day < Self.endOfCalendar, look(at: 1) else { return nil }
        let date = CivilDate(daysSince1970: day)
        guard days.contains(month: date.month) else {
            // The months that the rule does not want pass at once.
            var month = date.year * 12 + date.month
            while !days.contains(month: month % 12 + 1) { month += 1 }
            let next = CivilDate(year: month / 12, month: month % 12 + 1, day: 1).daysSince1970
            period = (next - start.day + rule.interval - 1) / rule.interval
            return []
        }
        return days.contains(day) ? [day] : []
    }

    private func days(year: Int, month: Int) -> [Int] {
        guard days.contains(month: month) else { return [] }
        if days.choosesDays { return days.days(year: year, month: month) }
        let day = CivilDate(year: year, month: month, day: first.day)
        return day.exists ? [day.daysSince1970] : []
    }

    private func isInMonth(_ day: Int) -> Bool {
        days.contains(month: CivilDate(daysSince1970: day).month)
    }

    /// Returns whether `count` more days may be checked.
    private mutating func look(at count: Int) -> Bool {
        guard candidates + count <= Self.limit else { return false }
        candidates += count
        return true
    }

    private static let lastYear = 9998
    /// In the middle of the year 9997.
    private static let endOfCalendar = 2_932_000
}
