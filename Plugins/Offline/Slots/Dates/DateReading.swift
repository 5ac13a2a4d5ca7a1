import Foundation

/// What the parts of a date phrase have said so far ("on Friday", "at 5 pm").
struct DateReading {
    var day: Day?
    var time: ClockTime?
    /// Whether "at 5" said which half of the day it means.
    var hasMeridiem = false
    /// Where only a part of the day is known ("in the evening").
    var part: ClockTime?
    /// "in 20 minutes".
    var instant: Date?

    var isEmpty: Bool { day == nil && time == nil && part == nil && instant == nil }

    /// The due date, or nil when the parts do not fit together.
    func due(_ local: LocalTime) -> DueDate? {
        if let instant { return day == nil && time == nil && part == nil ? DueDate(instant: instant) : nil }
        guard let time = clock else {
            return day.map { DueDate(instant: local.end(of: $0)) }
        }
        guard day == nil else { return DueDate(instant: local.date(day ?? local.today, time)) }
        let today = local.date(local.today, time)
        // A time alone is the next such time.
        return DueDate(instant: today > local.now ? today : local.date(local.adding(1, .day, to: local.today), time))
    }

    /// The time that the parts come to.
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
