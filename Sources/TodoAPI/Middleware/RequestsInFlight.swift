import Hummingbird
import Synchronization

/// How many requests of each route are being answered, streams included: what a stalled event loop is blamed on.
///
/// Routes are templates, so that there are only as many as there are routes and methods.
package final class RequestsInFlight: Sendable {
    fileprivate struct Key: Hashable {
        let method: String
        let route: String
    }

    /// One request. It counts until nobody holds this any more.
    final class Entry: Sendable {
        private let requests: RequestsInFlight
        private let key: Key

        fileprivate init(_ requests: RequestsInFlight, _ key: Key) {
            self.requests = requests
            self.key = key
            requests.counts.withLock { $0[key, default: 0] += 1 }
        }

        deinit { requests.counts.withLock { $0[key, default: 0] -= 1 } }
    }

    fileprivate let counts = Mutex<[Key: Int]>([:])

    package init() {}

    /// Two look-ups and one object: under half a microsecond of the sixty that a request takes.
    func enter(method: String, route: String) -> Entry {
        Entry(self, Key(method: RequestMetrics.label(method), route: route))
    }

    /// Such as `GET /api/{user_id}/tasks (3)`, the most frequent first.
    package var routes: [String] {
        counts.withLock { $0 }.filter { $0.value > 0 }
            .sorted { ($1.value, $0.key.route, $0.key.method) < ($0.value, $1.key.route, $1.key.method) }
            .map { key, count in "\(key.method) \(key.route)" + (count > 1 ? " (\(count))" : "") }
    }
}

extension ResponseBody {
    /// The same body, whose request is in flight until it is written.
    func keeping(_ entry: RequestsInFlight.Entry) -> ResponseBody {
        ResponseBody(contentLength: contentLength) { writer in
            defer { withExtendedLifetime(entry) {} }
            try await self.write(writer)
        }
    }
}
