import Identity
import Synchronization
import Tenants
import Testing

@testable import Assistant

@Suite struct ChatLimiterTests {
    private let limits = TenantLimits(chatsPerMinute: 3, concurrentChats: 2)

    private func account(_ user: String, tenant: String = "acme") throws -> Account {
        Account(tenant: try #require(TenantID(tenant)), user: try #require(UserID(user)))
    }

    private func enter(_ limiter: ChatLimiter, _ user: String, _ conversation: Int? = 1) throws -> Duration? {
        do {
            limiter.leave(try limiter.enter(try account(user), conversation: conversation, limits))
            return nil
        } catch TurnError.rateLimited(let allowance) {
            return allowance.retryAfter
        }
    }

    @Test("So many a minute, then one each time that a token has come back")
    func perMinute() throws {
        let clock = StillClock()
        let limiter = ChatLimiter(clock: clock)
        for _ in 1...3 { #expect(try enter(limiter, "alice") == nil) }
        let wait = try #require(try enter(limiter, "alice"))
        #expect(wait > .seconds(19) && wait <= .seconds(20))
        #expect(try enter(limiter, "bob") == nil, "another user has a bucket of his own")
        clock.advance(by: wait)
        #expect(try enter(limiter, "alice") == nil)
        #expect(try enter(limiter, "alice") != nil)
        clock.advance(by: .seconds(3600))
        for _ in 1...3 { #expect(try enter(limiter, "alice") == nil) }
        #expect(try enter(limiter, "alice") != nil)
    }

    @Test("A tenant as a whole has twenty times what a user has, and does not touch another tenant")
    func perTenant() throws {
        let limiter = ChatLimiter(clock: StillClock())
        for user in 1...20 {
            for _ in 1...3 { #expect(try enter(limiter, "user\(user)") == nil) }
        }
        #expect(try enter(limiter, "late") != nil)
        _ = try limiter.enter(try account("late", tenant: "globex"), conversation: nil, limits)
    }

    @Test("So many conversations at once; what waits in one of them does not count")
    func atOnce() throws {
        let clock = StillClock()
        let limiter = ChatLimiter(clock: clock)
        let limits = TenantLimits(chatsPerMinute: 100, concurrentChats: 2)
        let alice = try account("alice")
        let first = try limiter.enter(alice, conversation: 1, limits)
        let second = try limiter.enter(alice, conversation: nil, limits)
        let waiting = try limiter.enter(alice, conversation: 1, limits)
        #expect(throws: TurnError.self) { try limiter.enter(alice, conversation: nil, limits) }
        limiter.leave(first)
        #expect(throws: TurnError.self) { try limiter.enter(alice, conversation: 2, limits) }
        limiter.leave(waiting)
        let third = try limiter.enter(alice, conversation: 2, limits)
        for line in [second, third] { limiter.leave(line) }
        #expect(limiter.allowance(of: alice, limits).remaining == 96)
    }

    @Test("A changed limit counts at once, and idle users are forgotten")
    func changes() throws {
        let clock = StillClock()
        let limiter = ChatLimiter(clock: clock)
        for user in 1...10 { _ = try enter(limiter, "user\(user)") }
        #expect(limiter.rememberedUsers == 10)
        clock.advance(by: .seconds(120))
        _ = try enter(limiter, "alice")
        #expect(limiter.rememberedUsers == 1)
        let more = TenantLimits(chatsPerMinute: 30, concurrentChats: 2)
        #expect(limiter.allowance(of: try account("alice"), more).remaining == 20)
        #expect(limiter.allowance(of: try account("alice"), limits).reset > .seconds(19))
    }
}

/// A clock that only the test moves, without sleepers.
private final class StillClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex(Instant())
    var now: Instant { state.withLock { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }
    func advance(by duration: Duration) { state.withLock { $0.offset += duration } }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
