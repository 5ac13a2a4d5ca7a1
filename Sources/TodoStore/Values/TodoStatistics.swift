/// Counts of a user's tasks.
package struct TodoStatistics: Sendable, Hashable {
    package let total: Int
    package let completed: Int
    /// Not completed, and due before now.
    package let overdue: Int
    /// Since Monday.
    package let completedThisWeek: Int
    /// Days in a row, up to today or yesterday, on each of which a task was completed.
    package internal(set) var streakDays: Int
    /// Tasks of this priority, completed or not; so are the next two.
    package let low: Int
    package let medium: Int
    package let high: Int

    package init(
        total: Int, completed: Int, overdue: Int, completedThisWeek: Int, streakDays: Int, low: Int, medium: Int,
        high: Int
    ) {
        self.total = total
        self.completed = completed
        self.overdue = overdue
        self.completedThisWeek = completedThisWeek
        self.streakDays = streakDays
        self.low = low
        self.medium = medium
        self.high = high
    }

    package var pending: Int { total - completed }

    /// The statistics of a user without tasks.
    package static let none = TodoStatistics(
        total: 0, completed: 0, overdue: 0, completedThisWeek: 0, streakDays: 0, low: 0, medium: 0, high: 0)
}
