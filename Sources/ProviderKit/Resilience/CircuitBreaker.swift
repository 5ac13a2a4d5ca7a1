/// Leaves a target alone that fails again and again, but for one probe at a time.
package struct CircuitBreaker: Sendable {
    /// What lets an attempt through; it is given back with the attempt's end.
    package enum Pass: Sendable, Hashable {
        case regular
        /// The one attempt that finds out whether the target is back.
        case probe
    }

    package enum Admission: Sendable, Hashable {
        case admitted(Pass)
        /// - Parameter retryAfter: when the next probe may be.
        case refused(retryAfter: Duration)
    }

    private enum State {
        case closed(failures: Int)
        case open(nextProbe: Duration)
        case probing(since: Duration)
    }

    private let threshold: Int
    private let probeInterval: Duration
    private var state = State.closed(failures: 0)

    package init(threshold: Int = 3, probeInterval: Duration = .seconds(5)) {
        self.threshold = threshold
        self.probeInterval = probeInterval
    }

    /// Whether nothing is held against the target.
    package var isAtRest: Bool {
        if case .closed(0) = state { true } else { false }
    }

    /// Until the next probe; nil while attempts are let through.
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

    /// Whether an attempt at that time would be let through, as things stand.
    package func admits(at time: Duration) -> Bool {
        switch state {
        case .closed: true
        case .open(let nextProbe): time >= nextProbe
        case .probing: false
        }
    }

    /// An answer closes the circuit, whoever got it.
    package mutating func succeed() { state = .closed(failures: 0) }

    package mutating func fail(_ pass: Pass, at now: Duration) {
        switch (state, pass) {
        case (.closed(let failures), _):
            state = failures + 1 < threshold ? .closed(failures: failures + 1) : .open(nextProbe: now + probeInterval)
        case (.probing, .probe): state = .open(nextProbe: now + probeInterval)
        // Attempts that began before it opened say nothing new.
        case (.open, _), (.probing, .regular): break
        }
    }

    /// The attempt ended without telling anything of the target: its client left, or the request was at fault.
    package mutating func abandon(_ pass: Pass, at now: Duration) {
        if case .probing = state, pass == .probe { state = .open(nextProbe: now) }
    }
}
