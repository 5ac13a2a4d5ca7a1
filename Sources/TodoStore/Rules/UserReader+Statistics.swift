package import Foundation
import Time

extension UserReader {
    /// Counts of all of a user's tasks; days and weeks are those of `timeZone`.
    package func statistics(timeZone: TimeZone) throws -> TodoStatistics {
        let today = LocalMoment(now, timeZone).day
        let monday = LocalMoment(day: today - RecurrenceRule.weekday(today), milliseconds: 0).timestamp(in: timeZone)
        var statistics = try rows.statistics(now: now, weekStart: monday)
        statistics.streakDays = try streak(until: today, timeZone)
        return statistics
    }

    /// Days in a row, up to today or yesterday, on each of which a task was completed.
    private func streak(until today: Int, _ timeZone: TimeZone) throws -> Int {
        var last: Int?
        var length = 0
        try rows.completions { time in
            let day = LocalMoment(time, timeZone).day
            guard day <= today, day != last else { return true }
            guard day >= (last ?? today) - 1 else { return false }
            last = day
            length += 1
            return true
        }
        return length
    }
}
