import Synchronization

/// Counters of one server, shared by all its connections.
public final class FastCGIStatistics: Sendable {
    /// The values of the counters at one moment.
    public struct Snapshot: Sendable, Equatable {
        /// Connections accepted since the start.
        public var accepted = 0
        /// Connections that are open.
        public var active = 0
        /// Open connections with no request in flight.
        public var idle = 0
        /// Requests whose answer is not completely sent.
        public var inFlight = 0
        /// Requests that reached the application since the start.
        public var requests = 0
        /// Requests answered by this library without the application (400, 408, 413, 414, 431, 503).
        public var refused = 0
        /// Requests whose client closed the connection, or was cut off, before the answer was complete.
        public var aborted = 0
        /// Connections closed because the peer violated the protocol or was not allowed to connect.
        public var protocolErrors = 0
        public var bytesIn = 0
        public var bytesOut = 0
    }

    private let accepted = Atomic(0)
    private let active = Atomic(0)
    private let inFlight = Atomic(0)
    private let requests = Atomic(0)
    private let refused = Atomic(0)
    private let aborted = Atomic(0)
    private let protocolErrors = Atomic(0)
    private let bytesIn = Atomic(0)
    private let bytesOut = Atomic(0)

    public init() {}

    /// The current values. They are read one after another, so they may differ by a few requests.
    public var snapshot: Snapshot {
        let active = self.active.load(ordering: .relaxed)
        let inFlight = self.inFlight.load(ordering: .relaxed)
        return Snapshot(
            accepted: self.accepted.load(ordering: .relaxed),
            active: active,
            idle: max(0, active - inFlight),
            inFlight: inFlight,
            requests: self.requests.load(ordering: .relaxed),
            refused: self.refused.load(ordering: .relaxed),
            aborted: self.aborted.load(ordering: .relaxed),
            protocolErrors: self.protocolErrors.load(ordering: .relaxed),
            bytesIn: self.bytesIn.load(ordering: .relaxed),
            bytesOut: self.bytesOut.load(ordering: .relaxed))
    }

    func connectionOpened() {
        self.accepted.add(1, ordering: .relaxed)
        self.active.add(1, ordering: .relaxed)
    }

    func connectionClosed() { self.active.subtract(1, ordering: .relaxed) }

    /// Counts a request as in flight, or returns nil when `limit` requests are in flight.
    func admitRequest(limit: Int) -> InFlightRequest? {
        guard self.inFlight.add(1, ordering: .relaxed).newValue <= limit else {
            self.inFlight.subtract(1, ordering: .relaxed)
            return nil
        }
        self.requests.add(1, ordering: .relaxed)
        return InFlightRequest(statistics: self)
    }

    func requestEnded() { self.inFlight.subtract(1, ordering: .relaxed) }
    func requestRefused() { self.refused.add(1, ordering: .relaxed) }
    func requestAborted() { self.aborted.add(1, ordering: .relaxed) }
    func protocolBroken() { self.protocolErrors.add(1, ordering: .relaxed) }
    func received(_ count: Int) { self.bytesIn.add(count, ordering: .relaxed) }
    func sent(_ count: Int) { self.bytesOut.add(count, ordering: .relaxed) }
}
