import FastCGI
import HTTPTypes
import Hummingbird
import Identity
import Tenants

/// A middleware that allows pages of the tenant's origins to read the answers (CORS, Fetch standard).
///
/// A preflight has no token: where nginx names no tenant for the host, the origins of all ready tenants are allowed.
/// The answer to the request itself follows the tenant of its token.
struct CrossOrigin: RouterMiddleware {
    let tenants: TenantDirectory
    let table: RouteTable

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        if let options = options(request, context) {
            response = options
        } else {
            response = try await next(request, context)
        }
        guard let origin = request.headers[.origin] else { return response }
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        guard isAllowed(origin, context) else { return response }
        response.headers[.accessControlAllowOrigin] = origin
        if request.method == .options {
            response.headers[.accessControlAllowMethods] = response.headers[.allow]
            response.headers[.accessControlAllowHeaders] = "Authorization, Content-Type, Idempotency-Key, If-Match"
            response.headers[.accessControlMaxAge] = "600"
        } else {
            response.headers[.accessControlExposeHeaders] = """
                ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id
                """
        }
        return response
    }

    /// Answers OPTIONS with the methods of a path (RFC 9110, section 9.3.7); returns nil for other methods and unknown
    /// paths.
    private func options(_ request: Request, _ context: APIContext) -> Response? {
        guard request.method == .options, let methods = table.methods(at: request.uri.path) else { return nil }
        return Response(
            status: .noContent, headers: [.allow: RouteTable.allow(methods), .xRequestID: context.requestID])
    }

    private func isAllowed(_ origin: String, _ context: APIContext) -> Bool {
        let snapshot = tenants.snapshot
        let host = context.fastCGI?["STEWARD_TENANT"].flatMap { TenantID($0) }
        return snapshot.allows(origin: origin, of: context.label.tenant ?? host)
    }
}
