import Identity

/// The permit of one request, released when the last reference to it is gone, however the request ends.
final class ConcurrencyPermit: Sendable {
    private let account: Account
    private let pool: ConcurrencyLimiter.Pool
    private let limiter: ConcurrencyLimiter

    init(account: Account, pool: ConcurrencyLimiter.Pool, limiter: ConcurrencyLimiter) {
        self.account = account
        self.pool = pool
        self.limiter = limiter
    }

    deinit { limiter.release(account, pool) }
}
