import Metrics
import Synchronization

/// Counts and times requests by the matched route, never by the path: what a client makes up is no label.
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

    /// Kept because making an instrument costs more than using it.
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

    /// A method as a label: those that a client makes up are one.
    static func label(_ method: String) -> String { known.contains(method) ? method : "other" }

    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
