import Synchronization

/// The place of one request among those that are in flight.
///
/// It is held until the whole answer has left for the web server, or the connection is gone: an answer that nobody reads
/// keeps its place.
public final class FastCGIPlace: Sendable {
    private struct State {
        var isHeld = true
        var kept: [any AnyObject & Sendable] = []
    }

    private let statistics: FastCGIStatistics?
    private let state = Mutex(State())

    /// A place that no server counts, for tests.
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

    /// Gives the place back; a second time does nothing.
    package func free() {
        let (wasHeld, kept) = self.state.withLock { state in
            defer { state = State(isHeld: false) }
            return (state.isHeld, state.kept)
        }
        if wasHeld { self.statistics?.requestEnded() }
        // What was kept ends here, outside of the lock.
        withExtendedLifetime(kept) {}
    }
}
