/// The state of one target, from the calls of all turns: whether to try it now, and how often again.
///
/// A message can make a target fail that works for all others, and a client can repeat it. Failures of one caller
/// therefore open a circuit for that caller only. The circuit for everybody opens when three different callers have
/// failed and none has had an answer in between.
package struct TargetHealth: Sendable {
    /// A user of the target, known only as a hash: two users with the same one share a circuit.
    package struct Caller: Hashable, Sendable {
        private let hash: Int
        package init(_ identity: some Hashable) { hash = identity.hashValue }
    }

    /// The permission for one attempt of a caller, which is returned when the attempt ends.
    package struct Pass: Sendable {
        let caller: Caller
        /// The permissions of the circuit for everybody and of the caller's own.
        let common: CircuitBreaker.Pass
        let own: CircuitBreaker.Pass
    }

    /// A limit that ends much later is checked again after this time, because credit may have been bought.
    private static let longestCooling = Duration.seconds(3600)

    /// After an answer to anybody, failures of single callers are theirs for this time.
    private static let answerCounts = Duration.seconds(60)
    /// Twice the interval of probes.
    private static let restOfProbers = Duration.seconds(10)

    private var breaker = CircuitBreaker()
    private var callers = CallerBreakers()
    /// The callers that failed since the last answer to anybody; further ones than open the circuit are not kept.
    private var failing: Set<Caller> = []
    private var lastAnswer: Duration?
    /// The caller of the last probe that failed, who leaves the next one to others: a client that repeats its message
    /// would be the first to probe each time.
    private var failedProbe: (caller: Caller, restsUntil: Duration)?
    private var budget: RetryBudget
    private var coolsUntil: Duration?

    package init(at now: Duration) { budget = RetryBudget(at: now) }

    /// Returns whether the state can be discarded.
    package func isAtRest(at now: Duration) -> Bool {
        breaker.isAtRest && callers.isEmpty && coolsUntil.map { $0 <= now } ?? true
    }

    /// The number of callers that are kept, for tests.
    var callerCount: Int { max(callers.count, failing.count) }

    /// The reason why a target is not tried, and until when.
    package enum Rest: Sendable, Equatable {
        /// The circuit is open after repeated failures.
        case failing(nextProbe: Duration)
        /// The provider named the end of its limit.
        case limited(over: Duration)
    }

    /// Returns the reason why the target is not tried for anybody; nil when attempts are allowed.
    package func rest(at now: Duration) -> Rest? {
        if let coolsUntil, coolsUntil > now { return .limited(over: coolsUntil - now) }
        if let rest = breaker.rest(at: now) { return .failing(nextProbe: rest) }
        if let lastAnswer, now - lastAnswer < Self.answerCounts { return nil }
        return callers.rest(at: now).map { .failing(nextProbe: $0) }
    }

    /// Permits an attempt, or throws the reason why not.
    package mutating func admit(_ caller: Caller, at now: Duration) throws(ProviderError) -> Pass {
        if let coolsUntil, coolsUntil > now {
            throw ProviderError(.rateLimited, "the provider's limit is used up", retryAfter: coolsUntil - now)
        }
        // Both circuits are asked before either is used: a caller whose own is open must not use up everybody's probe.
        let common: CircuitBreaker.Pass
        switch breaker.admission(at: now) {
        case .admitted(let pass): common = pass
        case .refused(let wait): throw Self.refusal(wait)
        }
        if common == .probe, let failedProbe, failedProbe.caller == caller, failedProbe.restsUntil > now {
            throw Self.refusal(failedProbe.restsUntil - now)
        }
        switch callers.admit(caller, at: now) {
        case .admitted(let own):
            _ = breaker.admit(at: now)
            return Pass(caller: caller, common: common, own: own)
        case .refused(let wait): throw Self.refusal(wait)
        }
    }

    private static func refusal(_ wait: Duration) -> ProviderError {
        ProviderError(.overloaded, "the provider failed repeatedly, so it is not asked for now", retryAfter: wait)
    }

    /// Returns whether the target may be retried for the same message after the delay.
    package mutating func allowsRetry(_ caller: Caller, at now: Duration, after wait: Duration) -> Bool {
        let time = now + wait
        return (coolsUntil ?? .zero) <= time && breaker.admits(at: time) && callers.admits(caller, at: time)
            && budget.withdraw(at: now)
    }

    /// Counts a first attempt for a message.
    package mutating func countMessage() { budget.deposit() }

    package mutating func succeed(_ pass: Pass, at now: Duration) {
        // After an outage everybody begins anew.
        if breaker.rest(at: now) != nil { callers.removeAll() }
        callers.succeed(pass.caller)
        failing.removeAll()
        breaker.succeed()
        lastAnswer = now
    }

    package mutating func fail(_ error: ProviderError, _ pass: Pass, at now: Duration) {
        switch error.kind {
        case .rateLimited:
            if let wait = error.retryAfter {
                coolsUntil = max(coolsUntil ?? .zero, now + min(wait, Self.longestCooling))
                // A provider that names the time for a retry is not failing.
                abandon(pass, at: now)
            } else {
                countFailure(pass, at: now)
            }
        // Cut off at the token limit: the answer was too long, but the target works.
        case .truncated where error.isRetryable == false: abandon(pass, at: now)
        case .misbehaved where error.isEmptyAnswer: abandon(pass, at: now)
        case .overloaded, .unreachable, .firstByteTimeout, .idleTimeout, .truncated, .misbehaved:
            countFailure(pass, at: now)
        case .key, .credit, .model, .policy, .context, .request, .noRoom:
            abandon(pass, at: now)
        }
    }

    private mutating func countFailure(_ pass: Pass, at now: Duration) {
        callers.fail(pass.caller, pass.own, at: now)
        if pass.common == .probe {
            breaker.fail(.probe, at: now)
            failedProbe = (pass.caller, now + Self.restOfProbers)
        } else if failing.count < CircuitBreaker.standardThreshold, failing.insert(pass.caller).inserted {
            breaker.fail(.regular, at: now)
        }
    }

    /// Ends an attempt that was given up by this server.
    package mutating func abandon(_ pass: Pass, at now: Duration) {
        breaker.abandon(pass.common, at: now)
        callers.abandon(pass.caller, pass.own, at: now)
    }
}
