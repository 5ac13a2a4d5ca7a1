import Synchronization

/// A request that counts as in flight.
///
/// It counts until the whole answer was sent or the connection is gone, even if the peer does not read the answer.
public final class InFlightRequest: Sendable {
    private struct State {
        var isInFlight = true
        var kept: [any AnyObject & Sendable] = []
    }

    private let statistics: FastCGIStatistics?
    private let state = Mutex(State())

    /// Creates a request that no server counts, for tests.
    public convenience init() { self.init(statistics: nil) }

    init(statistics: FastCGIStatistics?) {
        self.statistics = statistics
    }

    /// Keeps an object alive while the request is in flight.
    public func keep(_ object: any AnyObject & Sendable) {
        self.state.withLock { state in
            if state.isInFlight { state.kept.append(object) }
        }
    }

    /// Ends the request. Further calls have no effect.
    package func end() {
        let (wasInFlight, kept) = self.state.withLock { state in
            defer { state = State(isInFlight: false) }
            return (state.isInFlight, state.kept)
        }
        if wasInFlight { self.statistics?.requestEnded() }
        // The kept objects are released here, outside of the lock.
        withExtendedLifetime(kept) {}
    }
}
