/// The circuit breakers of the callers whose last attempts at one target failed.
struct CallerBreakers: Sendable {
    /// The maximum number of callers; the one that failed the longest time ago is forgotten.
    static let capacity = 32

    private struct Entry {
        var breaker = CircuitBreaker()
        var failedAt: Duration
    }

    private var entries: [TargetHealth.Caller: Entry] = [:]

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    /// Returns the shortest time until a caller whose circuit is open may try again; nil when none is open.
    func rest(at now: Duration) -> Duration? { entries.values.compactMap { $0.breaker.rest(at: now) }.min() }

    func admits(_ caller: TargetHealth.Caller, at time: Duration) -> Bool {
        entries[caller]?.breaker.admits(at: time) ?? true
    }

    mutating func admit(_ caller: TargetHealth.Caller, at now: Duration) -> CircuitBreaker.Admission {
        entries[caller]?.breaker.admit(at: now) ?? .admitted(.regular)
    }

    mutating func succeed(_ caller: TargetHealth.Caller) { entries[caller] = nil }

    mutating func fail(_ caller: TargetHealth.Caller, _ pass: CircuitBreaker.Pass, at now: Duration) {
        if entries[caller] == nil, entries.count >= Self.capacity,
            let oldest = entries.min(by: { $0.value.failedAt < $1.value.failedAt })?.key
        {
            entries[oldest] = nil
        }
        var entry = entries[caller] ?? Entry(failedAt: now)
        entry.failedAt = now
        entry.breaker.fail(pass, at: now)
        entries[caller] = entry
    }

    mutating func abandon(_ caller: TargetHealth.Caller, _ pass: CircuitBreaker.Pass, at now: Duration) {
        entries[caller]?.breaker.abandon(pass, at: now)
    }

    mutating func removeAll() { entries.removeAll() }
}
