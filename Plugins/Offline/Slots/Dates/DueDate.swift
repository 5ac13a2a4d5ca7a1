import Foundation

/// When something is due: an instant, or a day.
struct DueDate: Sendable, Hashable {
    /// Of a day its last second.
    let instant: Date

    var timestamp: String { Timestamp.text(instant) }
}
