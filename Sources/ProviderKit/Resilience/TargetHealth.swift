/// What is known of one target from the calls of all turns: whether to ask it now, and how often again.
package struct TargetHealth: Sendable {
    /// Even a limit that is over only tomorrow is looked at again: credit may have been bought meanwhile.
    private static let longestCooling = Duration.seconds(3600)

    private var breaker = CircuitBreaker()
    private var budget: RetryBudget
    private var coolsUntil: Duration?

    package init(at now: Duration) { budget = RetryBudget(at: now) }

    /// Whether it may be forgotten.
    package func isAtRest(at now: Duration) -> Bool { breaker.isAtRest && coolsUntil.map { $0 <= now } ?? true }

    /// Why a target is not asked, and when it will be.
    package enum Rest: Sendable, Equatable {
        /// Its circuit is open: it failed again and again.
        case failing(nextProbe: Duration)
        /// It said when its limit is over.
        case limited(over: Duration)
    }

    /// Nil while attempts are let through.
    package func rest(at now: Duration) -> Rest? {
        if let coolsUntil, coolsUntil > now { return .limited(over: coolsUntil - now) }
        return breaker.rest(at: now).map { .failing(nextProbe: $0) }
    }

    /// Lets an attempt through, or says why not.
    package mutating func admit(at now: Duration) throws(ProviderError) -> CircuitBreaker.Pass {
        if let coolsUntil, coolsUntil > now {
            throw ProviderError(.rateLimited, "its limit is used up for now", retryAfter: coolsUntil - now)
        }
        switch breaker.admit(at: now) {
        case .admitted(let pass): return pass
        case .refused(let wait):
            throw ProviderError(.overloaded, "it failed again and again, and is left alone for now", retryAfter: wait)
        }
    }

    /// Whether the target may be asked once more for the same message, and will let that through after the wait.
    package mutating func allowsRetry(at now: Duration, after wait: Duration) -> Bool {
        let time = now + wait
        return (coolsUntil ?? .zero) <= time && breaker.admits(at: time) && budget.withdraw(at: now)
    }

    /// A message that is asked for the first time.
    package mutating func countMessage() { budget.deposit() }

    package mutating func succeed() { breaker.succeed() }

    package mutating func fail(_ error: ProviderError, _ pass: CircuitBreaker.Pass, at now: Duration) {
        switch error.kind {
        case .rateLimited:
            if let wait = error.retryAfter {
                coolsUntil = max(coolsUntil ?? .zero, now + min(wait, Self.longestCooling))
                // It said when to come back: that is no outage.
                breaker.abandon(pass, at: now)
            } else {
                breaker.fail(pass, at: now)
            }
        // Cut at the token limit: the answer was too long, not the target unwell.
        case .truncated where error.isRetryable == false: breaker.abandon(pass, at: now)
        case .overloaded, .unreachable, .firstByteTimeout, .idleTimeout, .truncated, .misbehaved:
            breaker.fail(pass, at: now)
        case .key, .credit, .model, .policy, .context, .request, .noRoom:
            breaker.abandon(pass, at: now)
        }
    }

    /// The attempt was given up from our side.
    package mutating func abandon(_ pass: CircuitBreaker.Pass, at now: Duration) { breaker.abandon(pass, at: now) }
}
