import HTTPTypes

/// All routes of the API.
package struct RouteTable: Sendable {
    /// Outside of `/api`, without a token.
    static let open = ["/healthz", "/readyz"]

    /// Below `/api/{user_id}`.
    package let routes: [Route]

    /// The methods that a path knows; nil when there is no such path.
    func methods(at path: String) -> [HTTPRequest.Method]? {
        if Self.open.contains(path) { return [.get, .head] }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard segments.count >= 2, segments.first == "api" else { return nil }
        let rest = Array(segments.dropFirst(2))
        var methods = routes.filter { $0.matches(rest) }.map(\.method)
        guard !methods.isEmpty else { return nil }
        if methods.contains(.get) { methods.append(.head) }
        return methods
    }
}
