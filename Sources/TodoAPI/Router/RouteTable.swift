import HTTPTypes
import Text

/// All routes of the API.
package struct RouteTable: Sendable {
    /// The paths outside of `/api`, without a token.
    static let open = ["/healthz", "/readyz", "/openapi.json"]

    /// The routes below `/api/{user_id}`.
    package let routes: [Route]

    /// Returns the methods of a path; nil for an unknown path.
    func methods(at path: String) -> [HTTPRequest.Method]? {
        if Self.open.contains(path) { return [.get, .head] }
        // One more segment than the longest path has is enough to see that it is unknown.
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 8, omittingEmptySubsequences: false)
            .dropFirst().map { Substring($0) }
        guard segments.count >= 2, segments[0].equalsBytes(of: "api") else { return nil }
        let rest = Array(segments.dropFirst(2))
        let matching = routes.filter { $0.matches(rest) }
        // A literal path takes precedence over one with a parameter.
        let exact = matching.filter { $0.isSpelt(rest) }
        var methods = (exact.isEmpty ? matching : exact).map(\.method)
        guard !methods.isEmpty else { return nil }
        if methods.contains(.get) { methods.append(.head) }
        return methods
    }

    /// Returns the value of `Allow`.
    static func allow(_ methods: [HTTPRequest.Method]) -> String {
        Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")
    }
}
