import Foundation

extension RecurrenceRule {
    /// The next occurrence of a task that is completed now, and the rule of what remains; nil when there is none.
    ///
    /// It is the first one after the due date that is not past either: who completes a daily task three days late does
    /// not get three more. The occurrences that are passed over count for COUNT. The time of the day stays what it was on
    /// the clock of `timeZone`; a task without a due date recurs at the end of the day.
    func next(after due: Timestamp?, now: Timestamp, timeZone: TimeZone) -> (due: Timestamp, rule: RecurrenceRule)? {
        let today = LocalMoment(now, timeZone)
        let start = due.map { LocalMoment($0, timeZone) } ?? LocalMoment(day: today.day, milliseconds: Self.endOfDay)
        let startTime = start.timestamp(in: timeZone)
        let days = RecurrenceDays(self, start: start.day)
        var passed = 0
        for period in 0..<Self.longestSearch {
            guard let days = days.days(period: period) else { return nil }
            for day in days where day > start.day {
                let moment = LocalMoment(day: day, milliseconds: start.milliseconds).timestamp(in: timeZone)
                passed += 1
                guard isBeforeEnd(moment, day), passed < count ?? .max else { return nil }
                guard moment > startTime, moment > now else { continue }
                return remaining(after: passed).map { (moment, $0) }
            }
        }
        return nil
    }

    private static let endOfDay = 86_399_000
    /// Periods to look at: 50 years of days.
    private static let longestSearch = 18_300

    private func isBeforeEnd(_ moment: Timestamp, _ day: Int) -> Bool {
        guard let until = parts["UNTIL"] else { return true }
        let digits = until.filter(\.isNumber).map(String.init)
        func text(_ range: Range<Int>) -> String { digits[range].joined() }
        let date = "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))"
        guard until.contains("T") else {
            guard let end = Timestamp(rfc3339: "\(date)T00:00:00Z") else { return false }
            return day <= end.milliseconds / 86_400_000
        }
        guard let end = Timestamp(rfc3339: "\(date)T\(text(8..<10)):\(text(10..<12)):\(text(12..<14))Z") else {
            return false
        }
        return moment <= end
    }

    /// The rule with a COUNT that is less by what was passed.
    private func remaining(after passed: Int) -> RecurrenceRule? {
        guard let count else { return self }
        let parts = text.split(separator: ";").map { part in
            part.hasPrefix("COUNT=") ? "COUNT=\(count - passed)" : String(part)
        }
        return try? RecurrenceRule(parts.joined(separator: ";"))
    }
}
