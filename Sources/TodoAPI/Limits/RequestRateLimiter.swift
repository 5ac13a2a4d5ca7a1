import Assistant
import Identity
import Synchronization

/// A rate limiter of each user's requests per minute, with lower limits for expensive requests.
///
/// A bucket without a request for a minute is full and need not be stored. Two generations of buckets, of which the
/// older one is dropped each minute, therefore suffice. Shards limit how many are dropped at once.
package final class RequestRateLimiter: Sendable {
    /// The allowance that a request is counted against.
    enum Kind: Hashable, Sendable {
        case any, bulk, export, `import`
    }

    struct Refusal: Error {
        let retryAfter: Duration
    }

    private struct Key: Hashable {
        let account: Account
        let kind: Kind
    }

    private struct Buckets {
        var recent: [Key: TokenBucket] = [:]
        var older: [Key: TokenBucket] = [:]
        var turned = Duration.zero
    }

    private final class Shard: Sendable {
        let buckets = Mutex(Buckets())
    }

    private static let generation = Duration.seconds(60)
    /// The buckets per generation of a shard: about 100 KB, and 20 µs to drop them. If more users of a tenant send
    /// requests within a minute, some of them get a new bucket.
    private let capacity: Int

    private let shards = (0..<64).map { _ in Shard() }
    private let uptime: @Sendable () -> Duration

    package init(clock: any Clock<Duration>, capacity: Int = 1024) {
        self.capacity = capacity
        uptime = Self.uptime(clock)
    }

    /// Counts one request.
    func admit(_ account: Account, _ kind: Kind, perMinute: Int) throws(Refusal) {
        let key = Key(account: account, kind: kind)
        let now = uptime()
        let shard = shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
        try shard.buckets.withLock { buckets throws(Refusal) in
            if now - buckets.turned >= Self.generation || buckets.recent.count >= capacity {
                buckets.older = buckets.recent
                buckets.recent = [:]
                buckets.turned = now
            }
            var bucket = TokenBucket.fitted(buckets.recent[key] ?? buckets.older[key], to: perMinute, at: now)
            let wait = bucket.take(at: now)
            buckets.recent[key] = bucket
            guard let wait else { return }
            throw Refusal(retryAfter: wait)
        }
    }

    /// The number of stored buckets, for monitoring the memory.
    var count: Int { shards.reduce(0) { $0 + $1.buckets.withLock { $0.recent.count + $0.older.count } } }

    private static func uptime<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
