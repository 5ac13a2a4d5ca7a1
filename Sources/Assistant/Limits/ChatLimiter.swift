import Identity
import Synchronization
import Tenants

/// Holds each user, and each tenant as a whole, to the chats a minute and at once that the tenant's file allows.
///
/// A tenant as a whole may have 20 times what one of its users may.
final class ChatLimiter: Sendable {
    /// What counts as one chat at once: the turns of a conversation run one after the other, and those that wait cost
    /// nobody anything. Each new conversation is one of its own.
    enum Line: Hashable {
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
        /// How many turns each line has.
        var lines: [Line: Int] = [:]
        var linesOfUsers: [Account: Int] = [:]
        var linesOfTenants: [TenantID: Int] = [:]
        var lastNew = 0
        var swept = Duration.zero
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration

    init(clock: any Clock<Duration>) { uptime = Self.uptime(clock) }

    /// Lets a chat in, for `leave` to let it out again.
    /// - Throws: `TurnError.rateLimited`.
    func enter(_ account: Account, conversation: Int?, _ limits: TenantLimits) throws(TurnError) -> Line {
        let now = uptime()
        let refused: Duration?
        var line = Line.new(account, 0)
        (line, refused) = state.withLock { state in
            state.sweep(now, every: Self.sweepInterval)
            state.lastNew += 1
            let line = conversation.map { Line.conversation(account, $0) } ?? .new(account, state.lastNew)
            let tenant = account.tenant
            if state.lines[line] == nil {
                let isFull =
                    state.linesOfUsers[account, default: 0] >= limits.concurrentChats
                    || state.linesOfTenants[tenant, default: 0] >= limits.concurrentChats * Self.tenantFactor
                if isFull { return (line, Self.busyRetry) }
            }
            var user = state.bucket(account, limits, now)
            var whole = state.bucket(tenant, limits, now)
            if let wait = user.take(at: now) ?? whole.take(at: now) { return (line, wait) }
            state.users[account] = user
            state.tenants[tenant] = whole
            state.lines[line, default: 0] += 1
            if state.lines[line] == 1 {
                state.linesOfUsers[account, default: 0] += 1
                state.linesOfTenants[tenant, default: 0] += 1
            }
            return (line, nil)
        }
        guard let refused else { return line }
        var allowance = allowance(of: account, limits)
        allowance.retryAfter = refused
        throw .rateLimited(allowance)
    }

    func leave(_ line: Line) {
        state.withLock { state in
            state.lines[line] = state.lines[line].flatMap { $0 > 1 ? $0 - 1 : nil }
            guard state.lines[line] == nil else { return }
            let (account, tenant) = (line.account, line.account.tenant)
            state.linesOfUsers[account] = state.linesOfUsers[account].flatMap { $0 > 1 ? $0 - 1 : nil }
            state.linesOfTenants[tenant] = state.linesOfTenants[tenant].flatMap { $0 > 1 ? $0 - 1 : nil }
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
