/// The importance of a task.
package enum Priority: String, CaseIterable, Sendable {
    case low, medium, high

    /// The number that stands for it in a database, which sorts by it.
    package var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    /// Returns nil for a rank without a priority.
    package init?(rank: Int) {
        guard let priority = Self.allCases.first(where: { $0.rank == rank }) else { return nil }
        self = priority
    }
}
