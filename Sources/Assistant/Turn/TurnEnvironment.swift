import Logging
import ProviderKit
import Time
import TodoStore
import TodoTools

/// What every turn of a runner works with.
struct TurnEnvironment: Sendable {
    let databases: UserDatabases
    let makeProvider: ProviderFactory
    let toolbox: Toolbox
    let health: TargetHealthTable
    let advisor: ModelAdvisor
    let clock: ProviderClock
    /// From 0 up to 1: spreads retries.
    let chance: @Sendable () -> Double
    let now: @Sendable () -> Timestamp
    /// Told between the steps of a turn, for tests that end the process there.
    let reached: @Sendable (TurnCheckpoint) -> Void
    let logger: Logger
    /// Opens when running turns have to end because the server does.
    let cutoff = Latch()
}
