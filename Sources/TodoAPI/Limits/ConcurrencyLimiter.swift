import Identity
import Synchronization

/// Counts concurrent requests, and refuses those whose user, tenant or server has reached its limit.
package final class ConcurrencyLimiter: Sendable {
    /// The pool that a request takes a permit from.
    enum Pool: Hashable, Sendable {
        case chats, others, imports
    }

    /// The owner of the limit that is reached.
    enum Refusal: Error, Hashable {
        case user, tenant, all
    }

    private struct Counts {
        var all: [Pool: Int] = [:]
        var tenants: [Key<TenantID>: Int] = [:]
        var users: [Key<Account>: Int] = [:]
    }

    private struct Key<Owner: Hashable & Sendable>: Hashable {
        let owner: Owner
        let pool: Pool
    }

    private let limits: ConcurrencyLimits
    private let counts = Mutex(Counts())

    package init(limits: ConcurrencyLimits) { self.limits = limits }

    /// Counts a request until its permit is released.
    /// - Parameter chats: the concurrent chats that the tenant's file allows a user, which may raise the user's share.
    func acquire(_ account: Account, _ pool: Pool, chats: Int) throws(Refusal) -> ConcurrencyPermit {
        var share = share(of: pool)
        if pool == .chats { share.user = max(share.user, chats) }
        let (tenant, user) = (Key(owner: account.tenant, pool: pool), Key(owner: account, pool: pool))
        try counts.withLock { counts throws(Refusal) in
            guard counts.users[user, default: 0] < share.user else { throw .user }
            guard counts.tenants[tenant, default: 0] < share.tenant else { throw .tenant }
            guard counts.all[pool, default: 0] < share.all else { throw .all }
            counts.users[user, default: 0] += 1
            counts.tenants[tenant, default: 0] += 1
            counts.all[pool, default: 0] += 1
        }
        return ConcurrencyPermit(account: account, pool: pool, limiter: self)
    }

    /// The permits that are acquired, of all tenants.
    var acquired: Int { counts.withLock { $0.all.values.reduce(0, +) } }

    /// Called by the permit alone.
    func release(_ account: Account, _ pool: Pool) {
        let (tenant, user) = (Key(owner: account.tenant, pool: pool), Key(owner: account, pool: pool))
        counts.withLock { counts in
            // A count of zero is removed.
            counts.users[user] = counts.users[user].flatMap { $0 > 1 ? $0 - 1 : nil }
            counts.tenants[tenant] = counts.tenants[tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
            counts.all[pool] = counts.all[pool].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    private func share(of pool: Pool) -> ConcurrencyLimits.Share {
        switch pool {
        case .chats: limits.chats
        case .others: limits.others
        case .imports: limits.imports
        }
    }
}
