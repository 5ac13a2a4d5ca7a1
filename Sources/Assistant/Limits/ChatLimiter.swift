import Identity
import Synchronization
import Tenants

/// Holds each user, and each tenant as a whole, to the chats a minute and at once that the tenant's file allows.
///
/// A tenant as a whole may have 20 times what one of its users may.
final class ChatLimiter: Sendable {
    /// What counts as one chat at once: the turns of a conversation run one after the other, and those that wait cost
    /// nobody anything. Each new conversation is one of its own.
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
    /// Between two sweeps over the users who have not chatted for a minute.
    private static let sweepInterval = Duration.seconds(60)
    /// A wait for one of the user's own chats to end has no end that we know of.
    private static let busyRetry = Duration.seconds(2)

    fileprivate struct State {
        var users: [Account: TokenBucket] = [:]
        var tenants: [TenantID: TokenBucket] = [:]
        /// How many turns each slot has.
        var slots: [Slot: Int] = [:]
        var slotsOfUsers: [Account: Int] = [:]
        var slotsOfTenants: [TenantID: Int] = [:]
        var lastNew = 0
        var swept = Duration.zero
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration

    init(clock: any Clock<Duration>) { uptime = Self.uptime(clock) }

    /// Lets a chat in, for `leave` to let it out again.
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

    /// Users whose state is kept, for whoever watches the memory.
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

    /// A full bucket says no more than none.
    fileprivate mutating func sweep(_ now: Duration, every interval: Duration) {
        guard now - swept >= interval else { return }
        swept = now
        users = users.filter { $0.value.refill(at: now) > .zero }
        tenants = tenants.filter { $0.value.refill(at: now) > .zero }
    }
}
