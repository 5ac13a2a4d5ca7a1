import Time

/// The days of a month or year that a rule selects, wherever it begins (RFC 5545, section 3.3.10).
///
/// The days of a month are the bits of a number, the first day being the lowest: a month takes some 100 ns for any
/// rule.
struct RecurrenceDays {
    private let months: [Int]
    private let isOfYear: Bool
    private let isWeekly: Bool
    private let monthDays: [Int]
    private let plainWeekdays: [Int]
    private let ordinals: [(ordinal: Int, weekday: Int)]
    private let isMonth: [Bool]

    init(_ rule: RecurrenceRule) {
        months = rule.months.sorted()
        monthDays = rule.monthDays
        plainWeekdays = rule.weekdays.filter { $0.ordinal == nil }.map(\.weekday)
        ordinals = rule.weekdays.compactMap { day in day.ordinal.map { ($0, day.weekday) } }
        isMonth = (0...12).map { rule.months.isEmpty || rule.months.contains($0) }
        // Without a month, the ordinals of BYDAY count within the year.
        isOfYear = rule.frequency == .yearly && rule.months.isEmpty && !ordinals.isEmpty
        isWeekly = rule.frequency == .weekly
    }

    /// Whether `BYMONTHDAY` or `BYDAY` select days; otherwise the first occurrence determines them.
    var choosesDays: Bool { !monthDays.isEmpty || hasWeekdays }

    var hasMonthDays: Bool { !monthDays.isEmpty }
    var hasWeekdays: Bool { !plainWeekdays.isEmpty || !ordinals.isEmpty }

    /// The months of a year that the rule selects.
    var monthsOfYear: [Int] { months.isEmpty ? Array(1...12) : months }

    /// Whether the rule has any occurrence.
    ///
    /// The calendar repeats after 28 years: a day that is in none of them is in no other year.
    var everComes: Bool {
        guard choosesDays, !isWeekly else { return true }
        return (2000..<2028).contains { year in
            isOfYear
                ? !days(year: year).isEmpty : monthsOfYear.contains { !days(year: year, month: $0).isEmpty }
        }
    }

    func contains(month: Int) -> Bool { isMonth[month] }

    /// Returns whether `BYMONTHDAY`, and `BYDAY` without numbers, allow a day.
    func contains(_ day: Int) -> Bool {
        isOnMonthDay(day) && (!hasWeekdays || plainWeekdays.contains(RecurrenceRule.weekday(day)))
    }

    /// Returns the days of a month selected by `BYMONTHDAY` and `BYDAY`, ascending.
    func days(year: Int, month: Int) -> [Int] {
        guard (1...12).contains(month) else { return [] }
        let first = CivilDate(year: year, month: month, day: 1).daysSince1970
        let length = CivilDate.length(ofMonth: month, year: year)
        let weekday = RecurrenceRule.weekday(first)
        var bits = monthDayBits(length)
        if hasWeekdays { bits &= plainBits(weekday, length) | ordinalBits(weekday, length) }
        return Self.days(bits, from: first)
    }

    /// Returns the days of a year selected by `BYMONTHDAY` and `BYDAY`, with numbers counted within the year;
    /// ascending.
    func days(year: Int) -> [Int] {
        guard isOfYear else { return monthsOfYear.flatMap { days(year: year, month: $0) } }
        let first = CivilDate(year: year, month: 1, day: 1).daysSince1970
        let last = CivilDate(year: year, month: 12, day: 31).daysSince1970
        var found: Set<Int> = []
        for (ordinal, weekday) in ordinals {
            let day = Self.nth(ordinal, weekday, from: RecurrenceRule.weekday(first), length: last - first + 1)
            if let day, isOnMonthDay(first + day) { found.insert(first + day) }
        }
        for weekday in plainWeekdays {
            let start = first + (weekday - RecurrenceRule.weekday(first) + 7) % 7
            found.formUnion(stride(from: start, through: last, by: 7).filter(isOnMonthDay))
        }
        return found.sorted()
    }

    private func isOnMonthDay(_ day: Int) -> Bool {
        guard hasMonthDays else { return true }
        let date = CivilDate(daysSince1970: day)
        let length = CivilDate.length(ofMonth: date.month, year: date.year)
        return monthDayBits(length) & 1 << (date.day - 1) != 0
    }

    private func monthDayBits(_ length: Int) -> UInt64 {
        let month: UInt64 = 1 << length - 1
        guard hasMonthDays else { return month }
        var bits: UInt64 = 0
        for day in monthDays where abs(day) <= length { bits |= 1 << (day > 0 ? day - 1 : length + day) }
        return bits & month
    }

    /// - Parameter first: The weekday of the first day.
    private func plainBits(_ first: Int, _ length: Int) -> UInt64 {
        var bits: UInt64 = 0
        // Every seventh of 35 days.
        for weekday in plainWeekdays { bits |= 0x1020_4081 << ((weekday - first + 7) % 7) }
        return bits & (1 << length - 1)
    }

    private func ordinalBits(_ first: Int, _ length: Int) -> UInt64 {
        var bits: UInt64 = 0
        for (ordinal, weekday) in ordinals {
            if let day = Self.nth(ordinal, weekday, from: first, length: length) { bits |= 1 << day }
        }
        return bits
    }

    /// Returns the nth weekday in a span that begins with weekday `first`, counted from 0; nil when there are fewer.
    private static func nth(_ ordinal: Int, _ weekday: Int, from first: Int, length: Int) -> Int? {
        let offset = (weekday - first + 7) % 7
        let count = (length - 1 - offset) / 7 + 1
        let index = ordinal > 0 ? ordinal - 1 : count + ordinal
        return (0..<count).contains(index) ? offset + 7 * index : nil
    }

    private static func days(_ bits: UInt64, from first: Int) -> [Int] {
        var days: [Int] = []
        var rest = bits
        while rest != 0 {
            days.append(first + rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return days
    }
}
