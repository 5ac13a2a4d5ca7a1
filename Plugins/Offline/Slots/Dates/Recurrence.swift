import Time

/// The recurrence of a task.
struct Recurrence: Sendable, Hashable {
    /// The value of an RRULE (RFC 5545).
    var rule: String
    /// The first two days from today on, if the words name days.
    var days: [CivilDate] = []

    var firstDay: CivilDate? { days.first }

    /// Returns the first due date, at the time given by `tokens`; not today if that has passed.
    func due(_ tokens: Tokens, _ dates: DateParser) -> DueDate? {
        let due = dates.whole(tokens, on: days.first)
        guard let due, due.instant <= dates.local.now, days.count > 1 else { return due }
        return dates.whole(tokens, on: days[1])
    }

    /// Returns the first due date when no time is given.
    func due(_ local: LocalTime) -> DueDate { DueDate(instant: local.end(of: firstDay ?? local.today)) }
}
