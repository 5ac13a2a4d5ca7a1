import Foundation
import Time

/// A due date: an instant or a day.
struct DueDate: Sendable, Hashable {
    /// The instant; for a day its last second.
    let instant: Date

    var timestamp: String { UnixTime(instant).description }
}
