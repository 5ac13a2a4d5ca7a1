import Assistant
import Foundation

/// A test point that blocks the event loop of a debug build at the point of a turn named by `STEWARD_STALL_AT`. Not in
/// release builds.
enum StallPoint {
    #if DEBUG
        static let handler: @Sendable (TurnCheckpoint) -> Void = { point in
            guard ProcessInfo.processInfo.environment["STEWARD_STALL_AT"] == point.description else { return }
            let meter = ThreadMeter()
            let end = meter.usage.running + .milliseconds(400)
            while meter.usage.running < end {}
        }
    #else
        static let handler: @Sendable (TurnCheckpoint) -> Void = { _ in }
    #endif
}
