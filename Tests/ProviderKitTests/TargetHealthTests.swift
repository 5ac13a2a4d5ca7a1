import Testing

@testable import ProviderKit

/// The circuits of one target that several users ask.
@Suite struct TargetHealthTests {
    private static let failure = ProviderError(.overloaded, "HTTP 500")

    /// A target with a clock, asked by users with numbers.
    private final class Target {
        var health = TargetHealth(at: .zero)
        var now = Duration.zero

        /// Makes one attempt.
        ///
        /// - Returns: Whether it was admitted.
        func ask(_ user: Int, fails: Bool) -> Bool {
            guard let pass = try? health.admit(.init(user), at: now) else { return false }
            if fails {
                health.fail(TargetHealthTests.failure, pass, at: now)
            } else {
                health.succeed(pass, at: now)
            }
            return true
        }

        /// Makes the attempts of one turn, with its retries.
        ///
        /// - Returns: The number of attempts.
        func turn(_ user: Int, fails: Bool) -> Int {
            for attempt in 0..<3 {
                guard ask(user, fails: fails) else { return attempt }
                if !fails || !health.allowsRetry(.init(user), at: now, after: .zero) { return attempt + 1 }
            }
            return 3
        }
    }

    @Test("A message that fails each time closes the target to its own user only")
    func poison() {
        let target = Target()
        var attempts = 0
        for second in 0..<600 {
            target.now = .seconds(second)
            attempts += target.turn(0, fails: true)
            // The others ask when nobody has had an answer for a while, and when many have.
            if second % 60 == 59 {
                for user in 1...10 { #expect(target.turn(user, fails: false) == 1) }
                #expect(target.health.rest(at: target.now) == nil)
            }
        }
        // Three, and a probe every five seconds.
        #expect(attempts == 3 + 119)
    }

    @Test("Two such users close it to nobody else either")
    func twoPoisonUsers() {
        let target = Target()
        for second in 0..<100 {
            target.now = .seconds(second)
            _ = target.turn(100, fails: true)
            _ = target.turn(101, fails: true)
            #expect(target.turn(second % 10, fails: false) == 1)
        }
    }

    @Test("A target that is down is closed to everybody after three users, and to a single user after three attempts")
    func outage() {
        let target = Target()
        #expect(target.turn(1, fails: true) == 3)
        #expect(target.turn(1, fails: true) == 0)
        #expect(target.health.rest(at: .zero) == .failing(nextProbe: .seconds(5)))
        #expect(target.turn(2, fails: true) == 3)
        #expect(target.turn(3, fails: true) == 1)
        for user in 4...50 { #expect(target.turn(user, fails: true) == 0) }
        // Half open: one probe of whoever comes first.
        target.now = .seconds(5)
        #expect(target.ask(7, fails: true))
        for user in 0...50 { #expect(!target.ask(user, fails: true)) }
        target.now = .seconds(10)
        #expect(target.ask(8, fails: false))
        for user in 0...50 { #expect(target.ask(user, fails: false)) }
        #expect(target.health.isAtRest(at: target.now))
    }

    @Test("Users that fail at once close the target as soon as three have")
    func concurrentFailures() throws {
        let target = Target()
        let passes = try (1...10).map { try target.health.admit(.init($0), at: .zero) }
        for pass in passes { target.health.fail(Self.failure, pass, at: .zero) }
        #expect(!target.ask(11, fails: false))
        #expect(target.health.rest(at: .zero) == .failing(nextProbe: .seconds(5)))
    }

    @Test("A client that always comes first does not keep the others from the probes after an outage")
    func probesAreShared() {
        let target = Target()
        for user in 0..<3 { _ = target.turn(user, fails: true) }
        #expect(!target.ask(9, fails: false))
        // The outage is over, but the message of user 0 still fails.
        var served: Int?
        for second in 5..<60 where served == nil {
            target.now = .seconds(second)
            _ = target.ask(0, fails: true)
            if target.ask(9, fails: false) { served = second }
        }
        #expect(served == 10)
    }

    @Test("A probe whose client leaves is free for the next one")
    func abandonedProbe() throws {
        let target = Target()
        for user in 0..<3 { _ = target.turn(user, fails: true) }
        target.now = .seconds(5)
        let pass = try target.health.admit(.init(5), at: target.now)
        #expect(!target.ask(6, fails: false))
        target.health.abandon(pass, at: target.now)
        #expect(target.ask(6, fails: false))
    }

    @Test("The memory is bounded, whatever the number of failing users")
    func bounded() {
        let target = Target()
        for user in 0..<10_000 {
            target.now += .milliseconds(1)
            #expect(target.ask(user, fails: true))
            #expect(target.ask(-1, fails: false))
            #expect(target.health.callerCount <= CallerBreakers.capacity)
        }
        #expect(!target.health.isAtRest(at: target.now))
    }
}
