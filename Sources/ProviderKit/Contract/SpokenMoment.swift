package import Foundation

/// A time or a repetition that a person's words name, such as "tomorrow at 5" or "every Friday".
package struct SpokenMoment: Sendable, Hashable {
    /// The time; for a day alone its last second.
    package var instant: Date?
    /// The first second of the day, where the words name a day alone.
    package var startOfDay: Date?
    /// The value of an RRULE (RFC 5545).
    package var recurrence: String?

    package init(instant: Date? = nil, startOfDay: Date? = nil, recurrence: String? = nil) {
        self.instant = instant
        self.startOfDay = startOfDay
        self.recurrence = recurrence
    }
}
