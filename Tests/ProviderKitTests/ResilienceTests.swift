import Testing

@testable import ProviderKit

@Suite struct ResilienceTests {
    private func verdict(
        _ kind: ProviderError.Kind, retryAfter: Duration? = nil, isRetryable: Bool? = nil, retries: Int = 0,
        total: Int? = nil, hasShownText: Bool = false, remaining: Duration = .seconds(120), chance: Double = 0
    ) -> RetryPolicy.Verdict {
        RetryPolicy().verdict(
            after: ProviderError(kind, "x", retryAfter: retryAfter, isRetryable: isRetryable), retries: retries,
            total: total ?? retries, hasShownText: hasShownText, remaining: remaining, chance: chance)
    }

    @Test(
        "What may pass is tried again, twice at most; what may not is not",
        arguments: [
            (.unreachable, 2), (.overloaded, 2), (.rateLimited, 2), (.misbehaved, 1), (.truncated, 1), (.request, 0),
            (.key, 0), (.credit, 0), (.model, 0), (.context, 0), (.firstByteTimeout, 0), (.idleTimeout, 0),
            (.noRoom, 0),
        ] as [(ProviderError.Kind, Int)])
    func allowance(_ kind: ProviderError.Kind, _ retries: Int) {
        for number in 0...3 {
            #expect((verdict(kind, retries: number) != .nextTarget) == (number < retries))
        }
        #expect(verdict(kind, hasShownText: true) == .nextTarget)
        #expect(verdict(kind, isRetryable: false) == .nextTarget)
        #expect(verdict(kind, total: 3) == .nextTarget)
        #expect(verdict(kind, remaining: .zero) == .nextTarget)
    }

    @Test("A refusal by policy is never routed around")
    func policy() {
        #expect(verdict(.policy) == .surface)
        #expect(verdict(.policy, isRetryable: true, hasShownText: true) == .surface)
    }

    @Test("The wait doubles, is spread, and has an end")
    func backoff() {
        #expect(verdict(.overloaded) == .again(after: .milliseconds(375)))
        #expect(verdict(.overloaded, chance: 1) == .again(after: .milliseconds(500)))
        #expect(verdict(.overloaded, retries: 1) == .again(after: .milliseconds(750)))
        #expect(verdict(.rateLimited) == .again(after: .milliseconds(750)))
        var patient = RetryPolicy()
        patient.firstBackoff = .seconds(30)
        let error = ProviderError(.unreachable, "x")
        let verdict = patient.verdict(
            after: error, retries: 1, total: 1, hasShownText: false, remaining: .seconds(99), chance: 1)
        #expect(verdict == .again(after: .seconds(8)))
    }

    @Test("What the provider asks for is waited for, within a minute and the deadline")
    func retryAfter() {
        #expect(verdict(.rateLimited, retryAfter: .seconds(2)) == .again(after: .seconds(2)))
        #expect(verdict(.rateLimited, retryAfter: .seconds(60)) == .again(after: .seconds(60)))
        #expect(verdict(.rateLimited, retryAfter: .seconds(61)) == .nextTarget)
        #expect(verdict(.overloaded, retryAfter: .seconds(5), remaining: .seconds(5)) == .nextTarget)
    }

    @Test("A provider's own word makes one more attempt of what would be none")
    func ownWord() {
        #expect(verdict(.request, isRetryable: true) == .again(after: .milliseconds(375)))
        #expect(verdict(.request, isRetryable: true, retries: 1) == .nextTarget)
        #expect(verdict(.credit, isRetryable: true) == .nextTarget)
    }

    @Test("Three failures in a row open the circuit; a probe every five seconds looks, and one answer closes it")
    func breaker() {
        var breaker = CircuitBreaker()
        func admit(_ second: Int) -> CircuitBreaker.Admission { breaker.admit(at: .seconds(second)) }
        #expect(admit(0) == .admitted(.regular))
        breaker.fail(.regular, at: .zero)
        breaker.fail(.regular, at: .zero)
        breaker.succeed()
        for _ in 0..<3 {
            #expect(admit(1) == .admitted(.regular))
            breaker.fail(.regular, at: .seconds(1))
        }
        #expect(admit(2) == .refused(retryAfter: .seconds(4)))
        #expect(!breaker.admits(at: .seconds(5)) && breaker.admits(at: .seconds(6)))
        #expect(admit(6) == .admitted(.probe))
        #expect(admit(6) == .refused(retryAfter: .seconds(5)))
        // An attempt that began before the circuit opened carries no new information.
        breaker.fail(.regular, at: .seconds(7))
        #expect(admit(10) == .refused(retryAfter: .seconds(1)))
        breaker.fail(.probe, at: .seconds(8))
        #expect(admit(12) == .refused(retryAfter: .seconds(1)))
        #expect(admit(13) == .admitted(.probe))
        // Its client left: the next attempt may probe at once.
        breaker.abandon(.probe, at: .seconds(14))
        #expect(admit(14) == .admitted(.probe))
        breaker.succeed()
        #expect(breaker.isAtRest)
        #expect(admit(14) == .admitted(.regular))
    }

    @Test("Retries are a fifth of the requests in the long run, and time pays for some")
    func budget() {
        var budget = RetryBudget(at: .zero)
        func grants(at second: Int) -> Bool { budget.withdraw(at: .seconds(second)) }
        var granted = 0
        for _ in 0..<1000 {
            budget.deposit()
            if grants(at: 0) { granted += 1 }
        }
        #expect((200...210).contains(granted))
        #expect(!grants(at: 0))
        #expect(grants(at: 10))
        #expect(!grants(at: 10))
        for _ in 0..<10 { #expect(grants(at: 1000)) }
        #expect(!grants(at: 1000))
    }

    @Test("A limit cools its target until it says, an hour at most; what is the request's fault does not")
    func cooling() throws {
        var health = TargetHealth(at: .zero)
        let user = TargetHealth.Caller(1)
        func allowsRetry(after wait: Duration) -> Bool { health.allowsRetry(user, at: .seconds(10), after: wait) }
        var pass = try health.admit(user, at: .zero)
        health.fail(ProviderError(.rateLimited, "x", retryAfter: .seconds(30)), pass, at: .zero)
        let error = #expect(throws: ProviderError.self) { try health.admit(user, at: .seconds(10)) }
        #expect(error?.kind == .rateLimited)
        #expect(error?.retryAfter == .seconds(20))
        #expect(!health.isAtRest(at: .seconds(10)) && health.isAtRest(at: .seconds(30)))
        #expect(!allowsRetry(after: .seconds(5)))
        #expect(allowsRetry(after: .seconds(20)))
        pass = try health.admit(user, at: .seconds(30))
        health.fail(ProviderError(.rateLimited, "x", retryAfter: .seconds(86_400)), pass, at: .seconds(30))
        pass = try health.admit(user, at: .seconds(3630))
        for error in [ProviderError(.context, "x"), ProviderError(.truncated, "at the limit", isRetryable: false)] {
            for _ in 0..<5 { health.fail(error, pass, at: .seconds(3630)) }
        }
        #expect(health.isAtRest(at: .seconds(3630)))
    }
}
