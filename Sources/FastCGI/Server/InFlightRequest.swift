import Synchronization

/// The place of one request among those in flight.
///
/// It is held until the whole answer was sent or the connection is gone, so an answer that the peer does not read keeps
/// its place.
public final class FastCGIPlace: Sendable {
    private struct State {
        var isHeld = true
        var kept: [any AnyObject & Sendable] = []
    }

    private let statistics: FastCGIStatistics?
    private let state = Mutex(State())

    /// Creates a place that no server counts, for tests.
    public convenience init() { self.init(statistics: nil) }

    init(statistics: FastCGIStatistics?) {
        self.statistics = statistics
    }

    /// Keeps an object alive for as long as the place is held.
    public func keep(_ object: any AnyObject & Sendable) {
        self.state.withLock { state in
            if state.isHeld { state.kept.append(object) }
        }
    }

    /// Frees the place. Further calls have no effect.
    package func free() {
        let (wasHeld, kept) = self.state.withLock { state in
            defer { state = State(isHeld: false) }
            return (state.isHeld, state.kept)
        }
        if wasHeld { self.statistics?.requestEnded() }
        // The kept objects are released here, outside of the lock.
        withExtendedLifetime(kept) {}
    }
}
