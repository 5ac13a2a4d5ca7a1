/// How much a todo matters.
package enum Priority: String, CaseIterable, Sendable {
    case low, medium, high

    /// What the database keeps: it sorts by it.
    package var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    /// Nil for a rank that no priority has.
    package init?(rank: Int) {
        guard let priority = Self.allCases.first(where: { $0.rank == rank }) else { return nil }
        self = priority
    }
}
