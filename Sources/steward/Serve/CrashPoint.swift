import Assistant
import Foundation

/// A test point that kills a debug build, like `kill -9`, at the point of a turn named by `STEWARD_CRASH_AT`. Not in
/// release builds.
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
