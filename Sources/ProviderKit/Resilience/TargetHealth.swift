/// The state of one target, from the calls of all turns: whether to try it now, and how often again.
package struct TargetHealth: Sendable {
    /// A limit that ends much later is checked again after this time, because credit may have been bought.
    private static let longestCooling = Duration.seconds(3600)

    private var breaker = CircuitBreaker()
    private var budget: RetryBudget
    private var coolsUntil: Duration?

    package init(at now: Duration) { budget = RetryBudget(at: now) }

    /// Returns whether the state can be discarded.
    package func isAtRest(at now: Duration) -> Bool { breaker.isAtRest && coolsUntil.map { $0 <= now } ?? true }

    /// The reason why a target is not tried, and until when.
    package enum Rest: Sendable, Equatable {
        /// The circuit is open after repeated failures.
        case failing(nextProbe: Duration)
        /// The provider named the end of its limit.
        case limited(over: Duration)
    }

    /// Returns the reason why the target is not tried; nil when attempts are allowed.
    package func rest(at now: Duration) -> Rest? {
        if let coolsUntil, coolsUntil > now { return .limited(over: coolsUntil - now) }
        return breaker.rest(at: now).map { .failing(nextProbe: $0) }
    }

    /// Permits an attempt, or throws the reason why not.
    package mutating func admit(at now: Duration) throws(ProviderError) -> CircuitBreaker.Pass {
        if let coolsUntil, coolsUntil > now {
            throw ProviderError(.rateLimited, "the provider's limit is used up", retryAfter: coolsUntil - now)
        }
        switch breaker.admit(at: now) {
        case .admitted(let pass): return pass
        case .refused(let wait):
            throw ProviderError(
                .overloaded, "the provider failed repeatedly, so it is not asked for now", retryAfter: wait)
        }
    }

    /// Returns whether the target may be retried for the same message after the delay.
    package mutating func allowsRetry(at now: Duration, after wait: Duration) -> Bool {
        let time = now + wait
        return (coolsUntil ?? .zero) <= time && breaker.admits(at: time) && budget.withdraw(at: now)
    }

    /// Counts a first attempt for a message.
    package mutating func countMessage() { budget.deposit() }

    package mutating func succeed() { breaker.succeed() }

    package mutating func fail(_ error: ProviderError, _ pass: CircuitBreaker.Pass, at now: Duration) {
        switch error.kind {
        case .rateLimited:
            if let wait = error.retryAfter {
                coolsUntil = max(coolsUntil ?? .zero, now + min(wait, Self.longestCooling))
                // A provider that names the time for a retry is not failing.
                breaker.abandon(pass, at: now)
            } else {
                breaker.fail(pass, at: now)
            }
        // Cut off at the token limit: the answer was too long, but the target works.
        case .truncated where error.isRetryable == false: breaker.abandon(pass, at: now)
        case .overloaded, .unreachable, .firstByteTimeout, .idleTimeout, .truncated, .misbehaved:
            breaker.fail(pass, at: now)
        case .key, .credit, .model, .policy, .context, .request, .noRoom:
            breaker.abandon(pass, at: now)
        }
    }

    /// Ends an attempt that was given up by this server.
    package mutating func abandon(_ pass: CircuitBreaker.Pass, at now: Duration) { breaker.abandon(pass, at: now) }
}
