/// So many at once, and so many a minute after that. Sans clock: the owner says what time it is.
package struct TokenBucket: Sendable {
    package let perMinute: Int
    private var level: Double
    private var updated: Duration

    /// A full one.
    package init(perMinute: Int, at now: Duration) {
        self.perMinute = perMinute
        level = Double(perMinute)
        updated = now
    }

    /// Takes one token; nil, or how long it takes until there is one.
    package mutating func take(at now: Duration) -> Duration? {
        level = level(at: now)
        updated = max(updated, now)
        guard level >= 1 else { return wait(for: 1 - level) }
        level -= 1
        return nil
    }

    /// Tokens that are there.
    package func remaining(at now: Duration) -> Int { Int(level(at: now)) }

    /// How long it takes until all are there.
    package func refill(at now: Duration) -> Duration { wait(for: Double(perMinute) - level(at: now)) }

    /// The bucket of someone under the limit that is in force: a full one where there was none.
    package static func fitted(_ bucket: TokenBucket?, to perMinute: Int, at now: Duration) -> TokenBucket {
        guard let bucket else { return TokenBucket(perMinute: perMinute, at: now) }
        // A reload of the tenant's file may have changed the limit.
        return bucket.perMinute == perMinute ? bucket : bucket.resized(to: perMinute, at: now)
    }

    /// The same bucket under another limit, as full as it was.
    func resized(to perMinute: Int, at now: Duration) -> TokenBucket {
        var bucket = TokenBucket(perMinute: perMinute, at: max(now, updated))
        bucket.level = level(at: now) / Double(max(self.perMinute, 1)) * Double(perMinute)
        return bucket
    }

    private func level(at now: Duration) -> Double {
        let elapsed = max((now - updated) / .seconds(60), 0)
        // A hair more than it is: a wait that was rounded must be enough.
        return min(level + elapsed * Double(perMinute) + 1e-9, Double(perMinute))
    }

    private func wait(for tokens: Double) -> Duration { .seconds(max(tokens, 0) * 60 / Double(max(perMinute, 1))) }
}
