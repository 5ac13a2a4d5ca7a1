/// Holds retries to a share of the requests, so that a provider in trouble is not asked a multiple of what it failed at.
package struct RetryBudget: Sendable {
    /// What each request adds.
    private static let share = 0.2
    /// What may be saved up, and what there is at the beginning: a target with little traffic may retry, too.
    private static let capacity = 10.0
    private static let refill = Duration.seconds(10)

    private var balance = RetryBudget.capacity
    private var lastRefill: Duration

    package init(at now: Duration) { lastRefill = now }

    /// A request that is no retry.
    package mutating func deposit() { balance = min(Self.capacity, balance + Self.share) }

    /// Whether one more retry is covered; it is then paid for.
    package mutating func withdraw(at now: Duration) -> Bool {
        balance = min(Self.capacity, balance + (now - lastRefill) / Self.refill)
        lastRefill = now
        guard balance >= 1 else { return false }
        balance -= 1
        return true
    }
}
