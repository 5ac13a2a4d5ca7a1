/// How often a task comes again.
struct Recurrence: Sendable, Hashable {
    /// RFC 5545, the value of an RRULE.
    var rule: String
    /// The first two days from today on, where the words name days.
    var days: [Day] = []

    var firstDay: Day? { days.first }

    /// When it is due first, at the time that `tokens` name: not today, when that is over.
    func due(_ tokens: Tokens, _ dates: DateParser) -> DueDate? {
        let due = dates.whole(tokens, on: days.first)
        guard let due, due.instant <= dates.local.now, days.count > 1 else { return due }
        return dates.whole(tokens, on: days[1])
    }

    /// When it is due first, where no time is named.
    func due(_ local: LocalTime) -> DueDate { DueDate(instant: local.end(of: firstDay ?? local.today)) }
}
