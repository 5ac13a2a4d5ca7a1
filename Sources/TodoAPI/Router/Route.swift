package import HTTPTypes
package import Hummingbird
import Text
package import Tokens

/// A route below `/api/{user_id}`.
///
/// The table of routes is the only source for the router, for `Allow`, and for tests of all routes.
package struct Route: Sendable {
    /// The amount of work of a request, for rate limits.
    enum Weight: Sendable {
        case light, chat, bulk, export, `import`
    }

    package typealias Handler = @Sendable (Request, UserContext) async throws -> Response

    package let method: HTTPRequest.Method
    /// The path relative to `/api/{user_id}`, such as `/tasks/{id}`.
    package let path: String
    /// The required scope of the token.
    package let scope: TokenScopes
    /// The description in the OpenAPI document.
    package let operation: Operation
    let weight: Weight
    let handle: Handler
    /// The segments of `path`, split once.
    private let segments: [Substring]

    init(
        _ method: HTTPRequest.Method, _ path: String, _ scope: TokenScopes, _ operation: Operation,
        weight: Weight = .light, _ handle: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.scope = scope
        self.operation = operation
        self.weight = weight
        self.handle = handle
        segments = path.split(separator: "/")
    }

    /// The path in the syntax of the router: `/tasks/:id`.
    var routerPath: RouterPath {
        RouterPath(
            segments
                .map { $0.first == "{" ? ":\($0.dropFirst().dropLast())" : String($0) }.joined(separator: "/"))
    }

    /// Returns whether the segments of a path below `/api/{user_id}` match this route.
    func matches(_ path: [Substring]) -> Bool {
        segments.count == path.count && zip(segments, path).allSatisfy { $0.equalsBytes(of: $1) || $0.first == "{" }
    }

    /// Returns whether they are equal to this route's segments.
    func isSpelt(_ path: [Substring]) -> Bool {
        segments.count == path.count && zip(segments, path).allSatisfy { $0.equalsBytes(of: $1) }
    }
}
