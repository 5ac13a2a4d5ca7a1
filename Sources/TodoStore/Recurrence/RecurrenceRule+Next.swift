package import Foundation
package import Time

extension RecurrenceRule {
    /// Returns the next occurrence of a task that is completed now, and the remaining rule; nil when there is none.
    ///
    /// The first one after the due date that is not past either: who completes a daily task three days late does
    /// not get three more. The occurrences that are passed over count for COUNT. The time of the day stays what it was on
    /// the clock of `timeZone`; a task without a due date recurs at the end of the day.
    package func next(
        after due: Timestamp?, now: Timestamp, timeZone: TimeZone
    ) -> (due: Timestamp, rule: RecurrenceRule)? {
        var search = search(after: due, now: now, timeZone: timeZone)
        guard let next = search.next(now: now, timeZone: timeZone) else { return nil }
        return remaining(after: next.passed).map { (next.due, $0) }
    }

    /// Returns the search behind `next`, which counts its steps.
    package func search(after due: Timestamp?, now: Timestamp, timeZone: TimeZone) -> RecurrenceSearch {
        let endOfToday = LocalMoment(day: LocalMoment(now, timeZone).day, milliseconds: Self.endOfDay)
        return RecurrenceSearch(self, start: due.map { LocalMoment($0, timeZone) } ?? endOfToday)
    }

    private static let endOfDay = 86_399_000

    /// Returns the rule with a COUNT reduced by the passed occurrences.
    private func remaining(after passed: Int) -> RecurrenceRule? {
        guard let count else { return self }
        let parts = text.split(separator: ";").map { part in
            part.hasPrefix("COUNT=") ? "COUNT=\(count - passed)" : String(part)
        }
        return try? RecurrenceRule(parts.joined(separator: ";"))
    }
}
