import Identity
import Testing

@testable import TodoAPI

@Suite struct ConcurrencyLimiterTests {
    /// 64 requests: 48 for chats (36 of a tenant, 3 of a user), 16 for the rest (4 of a tenant, 1 of a user).
    private let limiter = ConcurrencyLimiter(limits: ConcurrencyLimits(requests: 64))

    private func enter(_ user: String, _ pool: ConcurrencyLimiter.Pool, tenant: String = "acme", chats: Int = 1) throws
        -> ConcurrencyPermit
    {
        let account = Account(tenant: try #require(TenantID(tenant)), user: try #require(UserID(user)))
        return try limiter.acquire(account, pool, chats: chats)
    }

    @Test("A user has a sixteenth, a tenant a quarter, and what is given back can be had again")
    func shares() throws {
        var held = try (1...4).map { try enter("user\($0)", .others) }
        #expect(throws: ConcurrencyLimiter.Refusal.user) { try enter("user1", .others) }
        #expect(throws: ConcurrencyLimiter.Refusal.tenant) { try enter("user5", .others) }
        held += try (1...4).map { try enter("user\($0)", .others, tenant: "globex") }
        #expect(limiter.acquired == 8)
        held.removeFirst()
        held.append(try enter("user1", .others))
        #expect(throws: ConcurrencyLimiter.Refusal.user) { try enter("user1", .others) }
        withExtendedLifetime(held) {}
        held = []
        #expect(limiter.acquired == 0)
    }

    @Test("Chats that wait leave the permits of all other requests alone, and other tenants permits for chats")
    func chats() throws {
        var held = try (1...12).flatMap { user in try (1...3).map { _ in try enter("user\(user)", .chats) } }
        #expect(throws: ConcurrencyLimiter.Refusal.user) { try enter("user1", .chats) }
        #expect(throws: ConcurrencyLimiter.Refusal.tenant) { try enter("late", .chats) }
        for user in 1...12 { held.append(try enter("user\(user)", .chats, tenant: "globex")) }
        #expect(throws: ConcurrencyLimiter.Refusal.all) { try enter("late", .chats, tenant: "third") }
        held.append(try enter("late", .others, tenant: "third"))
        withExtendedLifetime(held) {}
    }

    @Test("An operator who lets a user have more chats at once gives him the permits for them")
    func concurrentChats() throws {
        let held = try (1...5).map { _ in try enter("alice", .chats, chats: 5) }
        #expect(throws: ConcurrencyLimiter.Refusal.user) { try enter("alice", .chats, chats: 5) }
        withExtendedLifetime(held) {}
    }

    @Test("Two thousand streams of one tenant fit, and leave room for other tenants and for all other requests")
    func streams() throws {
        let limiter = ConcurrencyLimiter(limits: ConcurrencyLimits(requests: 4096))
        let acme = try #require(TenantID("acme"))
        var held = try (0..<2000).map { number in
            try limiter.acquire(
                Account(tenant: acme, user: try #require(UserID("user\(number / 4)"))), .chats, chats: 4)
        }
        for number in 0..<500 {
            let globex = Account(tenant: try #require(TenantID("globex")), user: try #require(UserID("user\(number)")))
            held.append(try limiter.acquire(globex, .chats, chats: 4))
        }
        #expect(ConcurrencyLimits(requests: 4096).others == ConcurrencyLimits.Share(all: 1024, tenant: 256, user: 64))
        withExtendedLifetime(held) {}
    }
}
