import Identity
import Synchronization
import Tenants

/// A limiter of chats, per minute and concurrent, of each user and each tenant, as configured by the tenant.
///
/// The limit of a tenant is 20 times that of one of its users.
final class ChatLimiter: Sendable {
    /// The unit that counts as one concurrent chat: the turns of a conversation run one after another, and waiting ones
    /// take no resources. Each new conversation is a unit of its own.
    enum Slot: Hashable {
        case conversation(Account, Int)
        case new(Account, Int)

        var account: Account {
            switch self {
            case .conversation(let account, _), .new(let account, _): account
            }
        }
    }

    static let tenantFactor = 20
    /// The time between two removals of users who have not chatted for a minute.
    private static let sweepInterval = Duration.seconds(60)
    /// The suggested delay while the user's other chats run, whose end is unknown.
    private static let busyRetry = Duration.seconds(2)

    fileprivate struct State {
        var users: [Account: TokenBucket] = [:]
        var tenants: [TenantID: TokenBucket] = [:]
        /// The number of turns of each slot.
        var slots: [Slot: Int] = [:]
        var slotsOfUsers: [Account: Int] = [:]
        var slotsOfTenants: [TenantID: Int] = [:]
        var lastNew = 0
        var swept = Duration.zero
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration

    init(clock: any Clock<Duration>) { uptime = Self.uptime(clock) }

    /// Admits a chat; `leave` ends it.
    ///
    /// - Throws: `TurnError.rateLimited`.
    func enter(_ account: Account, conversation: Int?, _ limits: TenantLimits) throws(TurnError) -> Slot {
        let now = uptime()
        let refused: Duration?
        var slot = Slot.new(account, 0)
        (slot, refused) = state.withLock { state in
            state.sweep(now, every: Self.sweepInterval)
            state.lastNew += 1
            let slot = conversation.map { Slot.conversation(account, $0) } ?? .new(account, state.lastNew)
            let tenant = account.tenant
            if state.slots[slot] == nil {
                let isFull =
                    state.slotsOfUsers[account, default: 0] >= limits.concurrentChats
                    || state.slotsOfTenants[tenant, default: 0] >= limits.concurrentChats * Self.tenantFactor
                if isFull { return (slot, Self.busyRetry) }
            }
            var user = state.bucket(account, limits, now)
            var whole = state.bucket(tenant, limits, now)
            if let wait = user.take(at: now) ?? whole.take(at: now) { return (slot, wait) }
            state.users[account] = user
            state.tenants[tenant] = whole
            state.slots[slot, default: 0] += 1
            if state.slots[slot] == 1 {
                state.slotsOfUsers[account, default: 0] += 1
                state.slotsOfTenants[tenant, default: 0] += 1
            }
            return (slot, nil)
        }
        guard let refused else { return slot }
        var allowance = allowance(of: account, limits)
        allowance.retryAfter = refused
        throw .rateLimited(allowance)
    }

    func leave(_ slot: Slot) {
        state.withLock { state in
            state.slots[slot] = state.slots[slot].flatMap { $0 > 1 ? $0 - 1 : nil }
            guard state.slots[slot] == nil else { return }
            let (account, tenant) = (slot.account, slot.account.tenant)
            state.slotsOfUsers[account] = state.slotsOfUsers[account].flatMap { $0 > 1 ? $0 - 1 : nil }
            state.slotsOfTenants[tenant] = state.slotsOfTenants[tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    func allowance(of account: Account, _ limits: TenantLimits) -> ChatAllowance {
        let now = uptime()
        let bucket = state.withLock { $0.bucket(account, limits, now) }
        return ChatAllowance(
            perMinute: bucket.perMinute, remaining: bucket.remaining(at: now), reset: bucket.refill(at: now))
    }

    /// The number of users with a stored state, for monitoring the memory.
    var rememberedUsers: Int { state.withLock { $0.users.count } }

    private static func uptime<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}

extension ChatLimiter.State {
    fileprivate func bucket(_ account: Account, _ limits: TenantLimits, _ now: Duration) -> TokenBucket {
        TokenBucket.fitted(users[account], to: limits.chatsPerMinute, at: now)
    }

    fileprivate func bucket(_ tenant: TenantID, _ limits: TenantLimits, _ now: Duration) -> TokenBucket {
        TokenBucket.fitted(tenants[tenant], to: limits.chatsPerMinute * ChatLimiter.tenantFactor, at: now)
    }

    /// Removes full buckets, which need not be stored.
    fileprivate mutating func sweep(_ now: Duration, every interval: Duration) {
        guard now - swept >= interval else { return }
        swept = now
        users = users.filter { $0.value.refill(at: now) > .zero }
        tenants = tenants.filter { $0.value.refill(at: now) > .zero }
    }
}
