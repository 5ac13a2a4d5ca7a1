import Logging
import TodoStore

/// What every turn of a runner works with.
struct TurnEnvironment: Sendable {
    let databases: UserDatabases
    let makeProvider: ProviderFactory
    let toolbox: Toolbox
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    /// Told between the steps of a turn, for tests that end the process there.
    let reached: @Sendable (TurnPoint) -> Void
    let logger: Logger
    /// Opens when running turns have to end because the server does.
    let cutoff = Latch()
}
