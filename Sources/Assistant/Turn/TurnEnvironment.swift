import EventLoops
import Logging
import ProviderKit
import Time
import TodoStore
import TodoTools

/// The shared dependencies of a runner's turns.
struct TurnEnvironment: Sendable {
    let databases: any UserStore
    let makeProvider: ProviderFactory
    let toolbox: Toolbox
    let health: TargetHealthTable
    let historyCuts = HistoryCuts()
    let advisor: ModelAdvisor
    let clock: MonotonicClock
    /// Returns a random number from 0 up to 1, which spreads retries.
    let chance: @Sendable () -> Double
    let now: @Sendable () -> Timestamp
    /// Called between the steps of a turn, for tests of crashes.
    let reached: @Sendable (TurnCheckpoint) -> Void
    let logger: Logger
    /// Opens when running turns must end because the server shuts down.
    let cutoff = Latch()
}
