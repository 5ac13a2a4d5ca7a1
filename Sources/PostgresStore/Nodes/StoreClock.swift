import Synchronization
import Time

/// The clock of the store, which is that of its database: one for all nodes.
///
/// Between two answers of the server it goes on with the machine's own monotonic clock, so that a transaction has a time before
/// it has asked anything.
final class StoreClock: Sendable {
    private let fixed: (@Sendable () -> Timestamp)?
    private let reference = Mutex<(time: Timestamp, instant: ContinuousClock.Instant)?>(nil)

    /// - Parameter fixed: another clock, for tests.
    init(_ fixed: (@Sendable () -> Timestamp)? = nil) { self.fixed = fixed }

    var now: Timestamp {
        if let fixed { return fixed() }
        guard let (time, instant) = reference.withLock(\.self) else { return .now }
        let (seconds, attoseconds) = (ContinuousClock.now - instant).components
        return Timestamp(
            milliseconds: time.milliseconds + Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    /// Sets the clock by an answer of the server.
    func observe(_ time: Timestamp) { reference.withLock { $0 = (time, .now) } }
}
