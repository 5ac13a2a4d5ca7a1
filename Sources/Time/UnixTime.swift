package import Foundation

/// A point in time with the precision of tokens: whole seconds since 1970, UTC.
package struct UnixTime: Hashable, Comparable, Sendable {
    package let seconds: Int

    package init(_ seconds: Int) { self.seconds = seconds }

    package init(_ date: Date) { seconds = Int(date.timeIntervalSince1970.rounded(.down)) }

    /// The end of the year 9999, the last time of RFC 3339.
    static let latest = 253_402_300_799

    package static var now: UnixTime { UnixTime(Date()) }

    package static func < (left: UnixTime, right: UnixTime) -> Bool { left.seconds < right.seconds }

    /// Adds a duration; the result is at most `latest`.
    package static func + (time: UnixTime, duration: Duration) -> UnixTime {
        let (seconds, overflow) = time.seconds.addingReportingOverflow(Int(duration.components.seconds))
        return UnixTime(overflow ? latest : min(seconds, latest))
    }
}

extension UnixTime: CustomStringConvertible {
    /// The time in RFC 3339, UTC, as in files and tables.
    package var description: String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }

    /// Parses exactly the form that `description` writes: `2026-01-31T12:00:00Z`.
    package init?(rfc3339 text: String) {
        let digits = Array(text.utf8)
        let separators: [Int: UInt8] = [
            4: UInt8(ascii: "-"), 7: UInt8(ascii: "-"), 10: UInt8(ascii: "T"), 13: UInt8(ascii: ":"),
            16: UInt8(ascii: ":"), 19: UInt8(ascii: "Z"),
        ]
        guard digits.count == 20, separators.allSatisfy({ digits[$0.key] == $0.value }) else { return nil }
        var numbers: [Int] = []
        for range in [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19] {
            var number = 0
            for digit in digits[range] {
                guard case UInt8(ascii: "0")...UInt8(ascii: "9") = digit else { return nil }
                number = number * 10 + Int(digit - UInt8(ascii: "0"))
            }
            numbers.append(number)
        }
        guard numbers[0] >= 1970, (1...12).contains(numbers[1]),
            (1...Self.daysInMonth(year: numbers[0], month: numbers[1])).contains(numbers[2]), numbers[3] < 24,
            numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
        self.init(((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5])
    }

    private static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Returns the days since 1970 in the Gregorian calendar. Years begin in March, so that the leap day is the last
    /// one.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
