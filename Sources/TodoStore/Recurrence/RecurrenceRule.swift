package import JSON
import Time

/// An RRULE (RFC 5545, section 3.3.10) of the supported parts, validated and in upper case.
package struct RecurrenceRule: Hashable, Sendable {
    /// `FREQ`.
    enum Frequency: String, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// `UNTIL`: the last day, or the last moment.
    enum End: Hashable, Sendable {
        case day(Int)
        case moment(Timestamp)
    }

    /// `BYDAY`: a weekday, 0 for Monday, optionally the nth of its month or year.
    struct Weekday: Hashable, Sendable {
        let ordinal: Int?
        let weekday: Int
    }

    package let text: String
    let frequency: Frequency
    let interval: Int
    let count: Int?
    let until: End?
    let months: [Int]
    let monthDays: [Int]
    let weekdays: [Weekday]

    /// The maximum number of elements of `BYDAY`, `BYMONTHDAY` and `BYMONTH`, each of which is checked for each month
    /// of a search.
    static let longestList = 60

    package init(_ text: String) throws(FieldError) {
        guard text.utf8.count <= 500 else { throw Self.error("must not be longer than 500 characters") }
        // Other characters have no meaning in a rule, and converting their case is slow.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw Self.unknownPart }
        var rule = text.uppercased()
        if rule.hasPrefix("RRULE:") { rule.removeFirst("RRULE:".count) }
        let parts = try RecurrenceParts(rule)
        self.text = rule
        guard let frequency = try parts.value("FREQ", Frequency.init) else { throw Self.error("must have FREQ") }
        self.frequency = frequency
        interval = try parts.value("INTERVAL", { RecurrenceParts.number($0, in: 1...999) }) ?? 1
        count = try parts.value("COUNT") { RecurrenceParts.number($0, in: 1...9999) }
        until = try parts.value("UNTIL", RecurrenceParts.end)
        months = try parts.list("BYMONTH") { RecurrenceParts.number($0, in: 1...12) }
        monthDays = try parts.list("BYMONTHDAY") { RecurrenceParts.signedNumber($0, in: 1...31) }
        weekdays = try parts.list("BYDAY", RecurrenceParts.weekday)
        try checkTogether()
    }

    /// Checks that concern several parts.
    private func checkTogether() throws(FieldError) {
        if count != nil, until != nil { throw Self.error("must not have both COUNT and UNTIL") }
        if frequency == .weekly, !monthDays.isEmpty { throw Self.error("must not have BYMONTHDAY with WEEKLY") }
        if frequency != .monthly, frequency != .yearly, weekdays.contains(where: { $0.ordinal != nil }) {
            throw Self.error("must not have numbers in BYDAY with \(frequency.rawValue)")
        }
        guard RecurrenceDays(self).everComes else { throw Self.error("names no day that there is") }
    }

    static func error(_ message: String) -> FieldError { FieldError("recurrence", message) }

    static let unknownPart = error(
        "must be an RRULE of FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY and BYMONTH, such as FREQ=WEEKLY;BYDAY=MO")

    /// The day of the week, 0 for Monday.
    static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}
