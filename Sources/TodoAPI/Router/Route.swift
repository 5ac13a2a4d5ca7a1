package import HTTPTypes
package import Hummingbird
import Text
package import Tokens

/// One route below `/api/{user_id}`, as the contract's table lists it.
///
/// The table of routes is the one source for the router, for `Allow`, and for whoever walks over all routes.
package struct Route: Sendable {
    /// How much work a request is, for whoever limits them.
    enum Weight: Sendable {
        case light, chat, bulk, export, `import`
    }

    package typealias Handler = @Sendable (Request, UserContext) async throws -> Response

    package let method: HTTPRequest.Method
    /// Relative to `/api/{user_id}`, such as `/tasks/{id}`.
    package let path: String
    /// What the token must allow.
    package let scope: TokenScopes
    /// What the OpenAPI document says of it.
    package let operation: Operation
    let weight: Weight
    let handle: Handler
    /// The parts of `path`, taken apart once.
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

    /// The path in the router's spelling: `/tasks/:id`.
    var routerPath: RouterPath {
        RouterPath(
            segments
                .map { $0.first == "{" ? ":\($0.dropFirst().dropLast())" : String($0) }.joined(separator: "/"))
    }

    /// Whether the segments of a path below `/api/{user_id}` are this route's.
    func matches(_ path: [Substring]) -> Bool {
        segments.count == path.count && zip(segments, path).allSatisfy { $0.equalsBytes(of: $1) || $0.first == "{" }
    }

    /// Whether they are this route's, letter by letter.
    func isSpelt(_ path: [Substring]) -> Bool {
        segments.count == path.count && zip(segments, path).allSatisfy { $0.equalsBytes(of: $1) }
    }
}
