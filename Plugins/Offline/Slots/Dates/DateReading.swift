import Foundation
import Time

/// The parts of a date phrase read so far ("on Friday", "at 5 pm").
struct DateReading {
    var day: CivilDate?
    var time: ClockTime?
    /// Whether the half of the day is known ("at 5 pm").
    var hasMeridiem = false
    /// The time of a part of the day ("in the evening").
    var part: ClockTime?
    /// "in 20 minutes".
    var instant: Date?

    var isEmpty: Bool { day == nil && time == nil && part == nil && instant == nil }

    /// Returns the due date; nil when the parts do not fit together.
    func due(_ local: LocalTime) -> DueDate? {
        if let instant { return day == nil && time == nil && part == nil ? DueDate(instant: instant) : nil }
        guard let time = clock else {
            return day.map { DueDate(instant: local.end(of: $0)) }
        }
        guard day == nil else { return DueDate(instant: local.date(day ?? local.today, time)) }
        let today = local.date(local.today, time)
        // A time alone is its next occurrence.
        return DueDate(instant: today > local.now ? today : local.date(local.adding(1, .day, to: local.today), time))
    }

    /// The time of day that results from the parts.
    var clock: ClockTime? {
        guard var time else { return part }
        if let part, !hasMeridiem {
            if part.hour >= 12, time.hour < 12 { time.hour += 12 }
        } else if !hasMeridiem, (1...7).contains(time.hour) {
            // "at 5" is five in the afternoon.
            time.hour += 12
        }
        return time
    }
}
