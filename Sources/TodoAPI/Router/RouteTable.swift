import HTTPTypes
import Text

/// All routes of the API.
package struct RouteTable: Sendable {
    /// Outside of `/api`, without a token.
    static let open = ["/healthz", "/readyz", "/openapi.json"]

    /// Below `/api/{user_id}`.
    package let routes: [Route]

    /// The methods that a path knows; nil when there is no such path.
    func methods(at path: String) -> [HTTPRequest.Method]? {
        if Self.open.contains(path) { return [.get, .head] }
        // One more segment than the longest path has is enough to know that it is none of them.
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 8, omittingEmptySubsequences: false)
            .dropFirst().map { Substring($0) }
        guard segments.count >= 2, segments[0].equalsBytes(of: "api") else { return nil }
        let rest = Array(segments.dropFirst(2))
        let matching = routes.filter { $0.matches(rest) }
        // A path that is spelt out hides the one with a parameter in its place.
        let exact = matching.filter { $0.isSpelt(rest) }
        var methods = (exact.isEmpty ? matching : exact).map(\.method)
        guard !methods.isEmpty else { return nil }
        if methods.contains(.get) { methods.append(.head) }
        return methods
    }

    /// The value of `Allow`.
    static func allow(_ methods: [HTTPRequest.Method]) -> String {
        Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")
    }
}
