/// A calendar day.
struct Day: Sendable, Hashable, Comparable {
    var year: Int
    var month: Int
    var day: Int

    static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// Arithmetic in the Gregorian calendar, at a hundredth of the cost of `Calendar`, because rules try many days.
extension Day {
    /// The number of days since 1 January 1970. Years begin in March here, so that the leap day is the last one.
    var ordinal: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    init(ordinal: Int) {
        let days = ordinal + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        month = shifted < 10 ? shifted + 3 : shifted - 9
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The weekday, from 1 for Monday to 7 for Sunday; 1 January 1970 was a Thursday.
    var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }

    /// Whether the day exists in the calendar.
    var exists: Bool {
        (1...12).contains(month) && (1...31).contains(day) && Day(ordinal: ordinal) == self
    }

    /// Returns the same day of another month, or its last day if it is shorter.
    func adding(months: Int) -> Day {
        let count = year * 12 + month - 1 + months
        var found = Day(year: count / 12, month: count % 12 + 1, day: day)
        while !found.exists { found.day -= 1 }
        return found
    }
}
