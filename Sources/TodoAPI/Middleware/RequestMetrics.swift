import Metrics
import Synchronization

/// Counters and timers of requests by the matched route; the path is chosen by the client and cannot be a label.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: String
    }

    private struct Instruments: Sendable {
        let requests: Counter
        let duration: Timer
    }

    /// Cached, because creating an instrument costs more than using it.
    private let instruments = Mutex<[Key: Instruments]>([:])

    func record(method: String, route: String, status: String, _ duration: Duration) {
        let key = Key(method: Self.label(method), route: route, status: status)
        let found = instruments.withLock { instruments in
            if let found = instruments[key] { return found }
            let dimensions = [("method", key.method), ("route", key.route), ("status", key.status)]
            let made = Instruments(
                requests: Counter(label: "steward_http_requests_total", dimensions: dimensions),
                duration: Timer(label: "steward_http_request_duration_seconds", dimensions: dimensions))
            instruments[key] = made
            return made
        }
        found.requests.increment()
        found.duration.record(duration: duration)
    }

    /// Returns the label of a method; all unknown methods have the same one.
    static func label(_ method: String) -> String { known.contains(method) ? method : "other" }

    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
