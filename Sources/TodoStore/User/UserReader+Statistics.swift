package import Foundation
import GRDB

extension UserReader {
    /// What there is to say of a user's tasks as a whole; days and weeks are those of `timeZone`.
    package func statistics(timeZone: TimeZone) throws -> TodoStatistics {
        let today = LocalMoment(now, timeZone).day
        let monday = LocalMoment(day: today - RecurrenceRule.weekday(today), milliseconds: 0).timestamp(in: timeZone)
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT count(*), count(completed_at),
                        ifnull(sum(completed_at IS NULL AND due_at < ?1), 0), ifnull(sum(completed_at >= ?2), 0),
                        ifnull(sum(priority = 0), 0), ifnull(sum(priority = 1), 0), ifnull(sum(priority = 2), 0)
                    FROM todo
                    """),
            arguments: [now.milliseconds, monday.milliseconds])
        guard let row else { throw StoreError.corrupt }
        return try TodoStatistics(
            total: row.value(0), completed: row.value(1), overdue: row.value(2), completedThisWeek: row.value(3),
            streakDays: streak(until: today, timeZone), low: row.value(4), medium: row.value(5), high: row.value(6))
    }

    /// Days in a row, up to today or yesterday, on each of which a task was completed.
    private func streak(until today: Int, _ timeZone: TimeZone) throws -> Int {
        let completions = try Int.fetchCursor(
            database.cachedStatement(
                sql: "SELECT completed_at FROM todo WHERE completed_at IS NOT NULL ORDER BY completed_at DESC"))
        var last: Int?
        var length = 0
        while let milliseconds = try completions.next() {
            let day = LocalMoment(Timestamp(milliseconds: milliseconds), timeZone).day
            guard day <= today, day != last else { continue }
            guard day >= (last ?? today) - 1 else { break }
            last = day
            length += 1
        }
        return length
    }
}
