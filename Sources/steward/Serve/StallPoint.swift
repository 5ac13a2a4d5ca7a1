import Assistant
import Foundation

/// Keeps the event loop of a debug build busy, at the point of a turn that `STEWARD_STALL_AT` names; release builds know
/// nothing of it.
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
