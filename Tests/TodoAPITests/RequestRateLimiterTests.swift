import Identity
import TestSupport
import Testing

@testable import TodoAPI

@Suite struct RequestRateLimiterTests {
    private func account(_ user: String, tenant: String = "acme") throws -> Account {
        Account(tenant: try #require(TenantID(tenant)), user: try #require(UserID(user)))
    }

    @Test("So many a minute of each kind, and one each time that a token has come back")
    func perMinute() throws {
        let clock = ManualClock()
        let limiter = RequestRateLimiter(clock: clock)
        let alice = try account("alice")
        for _ in 1...3 { try limiter.admit(alice, .any, perMinute: 3) }
        let refusal = #expect(throws: RequestRateLimiter.Refusal.self) { try limiter.admit(alice, .any, perMinute: 3) }
        #expect(refusal.map { $0.retryAfter > .seconds(19) && $0.retryAfter <= .seconds(20) } == true)
        try limiter.admit(alice, .export, perMinute: 1)
        #expect(throws: RequestRateLimiter.Refusal.self) { try limiter.admit(alice, .export, perMinute: 1) }
        try limiter.admit(try account("bob"), .any, perMinute: 3)
        try limiter.admit(try account("alice", tenant: "globex"), .any, perMinute: 3)
        clock.advance(by: .seconds(20))
        try limiter.admit(alice, .any, perMinute: 3)
        #expect(throws: RequestRateLimiter.Refusal.self) { try limiter.admit(alice, .any, perMinute: 3) }
    }

    @Test("What is remembered has an end, and who is over his limit is not forgotten with those who are long gone")
    func memory() throws {
        let clock = ManualClock()
        let limiter = RequestRateLimiter(clock: clock, capacity: 8)
        for number in 0..<5_000 { try limiter.admit(try account("user\(number)"), .any, perMinute: 3) }
        #expect(limiter.count <= 64 * 2 * 8)
        for _ in 1...3 { try limiter.admit(try account("alice"), .any, perMinute: 3) }
        clock.advance(by: .seconds(1))
        #expect(throws: RequestRateLimiter.Refusal.self) {
            try limiter.admit(try account("alice"), .any, perMinute: 3)
        }
        let large = RequestRateLimiter(clock: clock)
        for batch in 0..<4 {
            for number in 0..<500 { try large.admit(try account("user\(batch)-\(number)"), .any, perMinute: 3) }
            clock.advance(by: .seconds(60))
        }
        // Those of the last two minutes.
        #expect(large.count <= 1_200)
    }
}
