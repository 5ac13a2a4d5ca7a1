package import Assistant
package import Tenants
package import Time
package import TodoStore

/// The dependencies of the API.
package struct APIServices: Sendable {
    package let tenants: TenantDirectory
    package let databases: any UserStore
    package let turns: TurnRunner
    package let clock: any Clock<Duration>
    package let now: @Sendable () -> Timestamp
    /// Limits on concurrent requests.
    package let concurrency: ConcurrencyLimits
    /// Returns whether this process owns the data and is not shutting down.
    package let isReady: @Sendable () -> Bool
    package let inFlight: RequestsInFlight

    package init(
        tenants: TenantDirectory, databases: any UserStore, turns: TurnRunner,
        clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Timestamp,
        concurrency: ConcurrencyLimits, isReady: @escaping @Sendable () -> Bool,
        inFlight: RequestsInFlight = RequestsInFlight()
    ) {
        self.tenants = tenants
        self.databases = databases
        self.turns = turns
        self.clock = clock
        self.now = now
        self.concurrency = concurrency
        self.isReady = isReady
        self.inFlight = inFlight
    }
}
