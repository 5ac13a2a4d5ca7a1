package import HTTPTypes
package import Hummingbird
package import Tokens

/// One route below `/api/{user_id}`, as the contract's table lists it.
///
/// The table of routes is the one source for the router, for `Allow`, and for whoever walks over all routes.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Request, UserContext) async throws -> Response

    package let method: HTTPRequest.Method
    /// Relative to `/api/{user_id}`, such as `/tasks/{id}`.
    package let path: String
    /// What the token must allow.
    package let scope: TokenScopes
    /// What the OpenAPI document says of it.
    package let operation: Operation
    let handle: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ scope: TokenScopes, _ operation: Operation,
        _ handle: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.scope = scope
        self.operation = operation
        self.handle = handle
    }

    /// The path in the router's spelling: `/tasks/:id`.
    var routerPath: RouterPath {
        RouterPath(
            path.split(separator: "/")
                .map { $0.first == "{" ? ":\($0.dropFirst().dropLast())" : String($0) }.joined(separator: "/"))
    }

    /// Whether the segments of a path below `/api/{user_id}` are this route's.
    func matches(_ segments: [Substring]) -> Bool {
        let own = path.split(separator: "/")
        return own.count == segments.count
            && zip(own, segments).allSatisfy { $0 == $1 || $0.first == "{" }
    }
}
