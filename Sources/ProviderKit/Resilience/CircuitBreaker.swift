/// A circuit breaker: blocks a target that fails repeatedly, except for one probe at a time.
package struct CircuitBreaker: Sendable {
    /// The permission for an attempt, which is returned when the attempt ends.
    package enum Pass: Sendable, Hashable {
        case regular
        /// The attempt that checks whether the target works again.
        case probe
    }

    package enum Admission: Sendable, Hashable {
        case admitted(Pass)
        /// - Parameter retryAfter: The time until the next probe.
        case refused(retryAfter: Duration)
    }

    private enum State {
        case closed(failures: Int)
        case open(nextProbe: Duration)
        case probing(since: Duration)
    }

    /// The number of failures in a row that open a circuit.
    package static let standardThreshold = 3

    private let threshold: Int
    private let probeInterval: Duration
    private var state = State.closed(failures: 0)

    package init(threshold: Int = Self.standardThreshold, probeInterval: Duration = .seconds(5)) {
        self.threshold = threshold
        self.probeInterval = probeInterval
    }

    /// Whether no failures are recorded.
    package var isAtRest: Bool {
        if case .closed(0) = state { true } else { false }
    }

    /// Returns the time until the next probe; nil when attempts are allowed.
    func rest(at now: Duration) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let nextProbe): max(.zero, nextProbe - now)
        case .probing: .zero
        }
    }

    package mutating func admit(at now: Duration) -> Admission {
        switch state {
        case .closed: return .admitted(.regular)
        case .open(let nextProbe) where now >= nextProbe:
            state = .probing(since: now)
            return .admitted(.probe)
        case .open(let nextProbe): return .refused(retryAfter: nextProbe - now)
        case .probing(let start): return .refused(retryAfter: max(.seconds(1), probeInterval - (now - start)))
        }
    }

    /// Returns the result of `admit` without using it up.
    func admission(at time: Duration) -> Admission {
        var breaker = self
        return breaker.admit(at: time)
    }

    /// Returns whether an attempt at that time would be allowed, in the current state.
    package func admits(at time: Duration) -> Bool {
        if case .admitted = admission(at: time) { true } else { false }
    }

    /// Closes the circuit after any successful answer.
    package mutating func succeed() { state = .closed(failures: 0) }

    package mutating func fail(_ pass: Pass, at now: Duration) {
        switch (state, pass) {
        case (.closed(let failures), _):
            state = failures + 1 < threshold ? .closed(failures: failures + 1) : .open(nextProbe: now + probeInterval)
        case (.probing, .probe): state = .open(nextProbe: now + probeInterval)
        // Attempts that began before the circuit opened carry no new information.
        case (.open, _), (.probing, .regular): break
        }
    }

    /// Ends an attempt without a result about the target: the client left, or the request was invalid.
    package mutating func abandon(_ pass: Pass, at now: Duration) {
        if case .probing = state, pass == .probe { state = .open(nextProbe: now) }
    }
}
