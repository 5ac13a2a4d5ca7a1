/// So many at once, and so many a minute after that. Sans clock: the owner says what time it is.
struct TokenBucket: Sendable {
    let perMinute: Int
    private var level: Double
    private var updated: Duration

    /// A full one.
    init(perMinute: Int, at now: Duration) {
        self.perMinute = perMinute
        level = Double(perMinute)
        updated = now
    }

    /// Takes one token; nil, or how long it takes until there is one.
    mutating func take(at now: Duration) -> Duration? {
        level = level(at: now)
        updated = max(updated, now)
        guard level >= 1 else { return wait(for: 1 - level) }
        level -= 1
        return nil
    }

    /// Tokens that are there.
    func remaining(at now: Duration) -> Int { Int(level(at: now)) }

    /// How long it takes until all are there.
    func refill(at now: Duration) -> Duration { wait(for: Double(perMinute) - level(at: now)) }

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
