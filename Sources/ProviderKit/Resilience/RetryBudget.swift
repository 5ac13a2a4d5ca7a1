/// A budget that limits retries to a share of the requests, so that a failing provider does not get a multiple of them.
package struct RetryBudget: Sendable {
    /// The budget that each request adds.
    private static let share = 0.2
    /// The maximum and initial budget, so that targets with little traffic can be retried too.
    private static let capacity = 10.0
    private static let refill = Duration.seconds(10)

    private var balance = RetryBudget.capacity
    private var lastRefill: Duration

    package init(at now: Duration) { lastRefill = now }

    /// Counts a first attempt.
    package mutating func deposit() { balance = min(Self.capacity, balance + Self.share) }

    /// Uses the budget for one retry; returns false when there is not enough.
    package mutating func withdraw(at now: Duration) -> Bool {
        balance = min(Self.capacity, balance + (now - lastRefill) / Self.refill)
        lastRefill = now
        guard balance >= 1 else { return false }
        balance -= 1
        return true
    }
}
