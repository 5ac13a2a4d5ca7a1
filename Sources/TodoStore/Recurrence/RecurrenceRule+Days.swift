extension RecurrenceRule {
    /// `BYDAY`: a day of the week, 0 for Monday, perhaps only the nth of its month or year.
    struct Weekday {
        let ordinal: Int?
        let weekday: Int
    }

    var frequency: String { parts["FREQ"] ?? "" }
    var interval: Int { parts["INTERVAL"].flatMap { Int($0) } ?? 1 }
    var count: Int? { parts["COUNT"].flatMap { Int($0) } }
    var months: [Int] { numbers("BYMONTH") }
    var monthDays: [Int] { numbers("BYMONTHDAY") }

    var weekdays: [Weekday] {
        (parts["BYDAY"] ?? "").split(separator: ",").compactMap { text in
            Self.weekdayNames.firstIndex(of: String(text.suffix(2))).map {
                Weekday(ordinal: Int(text.dropLast(2)), weekday: $0)
            }
        }
    }

    private static let weekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    private func numbers(_ name: String) -> [Int] { (parts[name] ?? "").split(separator: ",").compactMap { Int($0) } }

    /// The day of the week, 0 for Monday.
    static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}

/// The days on which a rule's occurrences fall, period by period (RFC 5545, section 3.3.10).
struct RecurrenceDays {
    private let rule: RecurrenceRule
    private let start: Int
    private let first: (year: Int, month: Int, day: Int)
    private let months: Set<Int>
    private let monthDays: [Int]
    private let weekdays: [RecurrenceRule.Weekday]

    /// `start` is the day of the first occurrence.
    init(_ rule: RecurrenceRule, start: Int) {
        self.rule = rule
        self.start = start
        first = CivilDate.components(daysSince1970: start)
        months = Set(rule.months)
        monthDays = rule.monthDays
        weekdays = rule.weekdays
    }

    /// The days of the period with this number, ascending; nil after the end of the calendar.
    func days(period: Int) -> [Int]? {
        let steps = period * rule.interval
        switch rule.frequency {
        case "DAILY":
            let day = start + steps
            return filtered([day]) { isOnMonthDay($0) && isOnWeekday($0) }
        case "WEEKLY":
            let monday = start - RecurrenceRule.weekday(start) + steps * 7
            let wanted = weekdays.isEmpty ? [RecurrenceRule.weekday(start)] : weekdays.map(\.weekday)
            return filtered(Set(wanted).sorted().map { monday + $0 }) { _ in true }
        case "MONTHLY":
            let month = first.year * 12 + first.month - 1 + steps
            guard month / 12 <= 9998 else { return nil }
            return days(year: month / 12, month: month % 12 + 1)
        default:
            let year = first.year + steps
            guard year <= 9998 else { return nil }
            return days(year: year)
        }
    }

    private func filtered(_ days: [Int], _ condition: (Int) -> Bool) -> [Int]? {
        guard let last = days.last, last < 2_932_000 else { return nil }
        return days.filter { day in
            (months.isEmpty || months.contains(CivilDate.components(daysSince1970: day).month)) && condition(day)
        }
    }

    private func days(year: Int) -> [Int] {
        guard months.isEmpty else { return months.sorted().flatMap { days(year: year, month: $0) } }
        guard !weekdays.isEmpty else {
            return monthDays.isEmpty
                ? days(year: year, month: first.month) : (1...12).flatMap { days(year: year, month: $0) }
        }
        // Without a month, the ordinals of BYDAY count within the year.
        return matching(from: (year, 1, 1), to: (year, 12, 31)).filter(isOnMonthDay)
    }

    private func days(year: Int, month: Int) -> [Int] {
        guard months.isEmpty || months.contains(month) else { return [] }
        let length = CivilDate.length(ofMonth: month, year: year)
        var days: Set<Int>?
        if !monthDays.isEmpty {
            days = Set(
                monthDays.compactMap { day in
                    CivilDate.daysSince1970(year: year, month: month, day: day > 0 ? day : length + 1 + day)
                })
        }
        if !weekdays.isEmpty {
            let matching = matching(from: (year, month, 1), to: (year, month, length))
            days = days?.intersection(matching) ?? Set(matching)
        }
        if let days { return days.sorted() }
        return [CivilDate.daysSince1970(year: year, month: month, day: first.day)].compactMap { $0 }
    }

    /// The days of BYDAY in a span, whose ordinals count within it.
    private func matching(from: (Int, Int, Int), to: (Int, Int, Int)) -> [Int] {
        guard let begin = CivilDate.daysSince1970(year: from.0, month: from.1, day: from.2),
            let end = CivilDate.daysSince1970(year: to.0, month: to.1, day: to.2)
        else { return [] }
        var found: Set<Int> = []
        for wanted in weekdays {
            let first = begin + (wanted.weekday - RecurrenceRule.weekday(begin) + 7) % 7
            let days = Array(stride(from: first, through: end, by: 7))
            switch wanted.ordinal {
            case nil: found.formUnion(days)
            case let ordinal?:
                let index = ordinal > 0 ? ordinal - 1 : days.count + ordinal
                if days.indices.contains(index) { found.insert(days[index]) }
            }
        }
        return found.sorted()
    }

    private func isOnMonthDay(_ day: Int) -> Bool {
        guard !monthDays.isEmpty else { return true }
        let date = CivilDate.components(daysSince1970: day)
        let length = CivilDate.length(ofMonth: date.month, year: date.year)
        return monthDays.contains(date.day) || monthDays.contains(date.day - length - 1)
    }

    private func isOnWeekday(_ day: Int) -> Bool {
        weekdays.isEmpty || weekdays.contains { $0.weekday == RecurrenceRule.weekday(day) }
    }
}
