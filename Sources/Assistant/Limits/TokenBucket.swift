/// A token bucket: `perMinute` requests at once, then `perMinute` per minute. The owner passes in the time.
package struct TokenBucket: Sendable {
    package let perMinute: Int
    private var level: Double
    private var updated: Duration

    /// Creates a full bucket.
    package init(perMinute: Int, at now: Duration) {
        self.perMinute = perMinute
        level = Double(perMinute)
        updated = now
    }

    /// Takes one token; returns nil, or the time until the next token.
    package mutating func take(at now: Duration) -> Duration? {
        level = level(at: now)
        updated = max(updated, now)
        guard level >= 1 else { return wait(for: 1 - level) }
        level -= 1
        return nil
    }

    /// Returns the number of available tokens.
    package func remaining(at now: Duration) -> Int { Int(level(at: now)) }

    /// Returns the time until the bucket is full.
    package func refill(at now: Duration) -> Duration { wait(for: Double(perMinute) - level(at: now)) }

    /// Returns the bucket for the current limit; a full one when there was none.
    package static func fitted(_ bucket: TokenBucket?, to perMinute: Int, at now: Duration) -> TokenBucket {
        guard let bucket else { return TokenBucket(perMinute: perMinute, at: now) }
        // A reload of the tenant's file may have changed the limit.
        return bucket.perMinute == perMinute ? bucket : bucket.resized(to: perMinute, at: now)
    }

    /// Returns the bucket with another limit, filled in proportion.
    func resized(to perMinute: Int, at now: Duration) -> TokenBucket {
        var bucket = TokenBucket(perMinute: perMinute, at: max(now, updated))
        bucket.level = level(at: now) / Double(max(self.perMinute, 1)) * Double(perMinute)
        return bucket
    }

    private func level(at now: Duration) -> Double {
        let elapsed = max((now - updated) / .seconds(60), 0)
        // Slightly more than exact, so that a rounded wait is long enough.
        return min(level + elapsed * Double(perMinute) + 1e-9, Double(perMinute))
    }

    private func wait(for tokens: Double) -> Duration { .seconds(max(tokens, 0) * 60 / Double(max(perMinute, 1))) }
}
