/// Refuses work at once while the database does not answer: no I/O, one call for each event.
///
/// Opens after three failures in a row, each a deadline or a connection that could not be made. Each retry of a client would
/// otherwise leave one more backend behind, which waits for a standby or for the row of another one.
struct StoreBreaker {
    private var failures = 0
    private var hasProbe = false
    private var lastProbe: ContinuousClock.Instant?

    var isOpen: Bool { failures >= Self.limit }

    /// Whether work may wait for its turn: while open, it may as the next probe.
    func mayAdmit(at now: ContinuousClock.Instant) -> Bool {
        !isOpen || !hasProbe && lastProbe.map { now - $0 >= Self.pause } ?? true
    }

    /// Returns whether work may begin. While open, one probe a second may.
    mutating func admit(at now: ContinuousClock.Instant) -> Bool {
        guard mayAdmit(at: now) else { return false }
        if isOpen {
            hasProbe = true
            lastProbe = now
        }
        return true
    }

    mutating func succeeded() {
        failures = 0
        hasProbe = false
        lastProbe = nil
    }

    mutating func failed() {
        failures = min(failures + 1, Self.limit)
        hasProbe = false
    }

    private static let limit = 3
    private static let pause = Duration.seconds(1)
}
