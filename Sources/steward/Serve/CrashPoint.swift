import Assistant
import Foundation

/// Ends a debug build as `kill -9` does, at the point of a turn that `STEWARD_CRASH_AT` names; release builds know nothing
/// of it.
enum CrashPoint {
    #if DEBUG
        static let handler: @Sendable (TurnCheckpoint) -> Void = { point in
            guard ProcessInfo.processInfo.environment["STEWARD_CRASH_AT"] == point.description else { return }
            kill(getpid(), SIGKILL)
        }
    #else
        static let handler: @Sendable (TurnCheckpoint) -> Void = { _ in }
    #endif
}
