import FastCGI
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Tenants
import Text
import Time
import TodoStore
import Tokens

/// Turns a bearer token (RFC 6750) into a principal, or the request away: every token problem is the same 401.
struct BearerAuthentication: RouterMiddleware {
    let tenants: TenantDirectory
    let now: @Sendable () -> Timestamp

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let principal = try authenticate(request, context)
        context.principal = principal
        context.label.tenant = principal.tenant.id
        context.logger[metadataKey: "tenant"] = "\(principal.tenant.id)"
        return try await next(request, context)
    }

    private func authenticate(_ request: Request, _ context: APIContext) throws -> Principal {
        // One snapshot for the whole request: keys and tenant of the same moment.
        let snapshot = tenants.snapshot
        let host = try hostTenant(context)
        guard let token = bearerToken(request) else { throw Problem.unauthorized }
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try TokenVerifier(keys: snapshot).verify(
                token, host: host, now: UnixTime(now().milliseconds / 1000))
        } catch {
            // The reason is the operator's: outside, all are one.
            context.logger.debug("token refused", metadata: ["reason": "\(error)"])
            throw Problem.unauthorized
        }
        switch snapshot.tenant(verified.account.tenant) {
        case .ready(let tenant): return Principal(token: verified, tenant: tenant)
        case .disabled: throw Problem(.tenantDisabled, "This tenant is switched off.")
        case .misconfigured:
            throw Problem(.tenantMisconfigured, "This tenant is not set up rightly; tell your operator.")
        case nil: throw Problem.unauthorized
        }
    }

    /// The tenant that nginx names for the host; nil where it names none.
    private func hostTenant(_ context: APIContext) throws -> TenantID? {
        guard let name = context.fastCGI?["STEWARD_TENANT"] else { return nil }
        guard let tenant = TenantID(name) else {
            context.logger.error("the web server's STEWARD_TENANT is no tenant id")
            throw Problem(.tenantMisconfigured, "This host is not set up rightly; tell your operator.")
        }
        return tenant
    }

    private func bearerToken(_ request: Request) -> String? {
        let values = request.headers[values: .authorization]
        // No token has anything but ASCII in it; nothing else is compared or looked at further.
        guard values.count == 1, let value = values.first, value.utf8.count <= UnverifiedToken.sizeLimit + 16,
            value.isASCII, let space = value.utf8.firstIndex(of: UInt8(ascii: " ")),
            value[..<space].equalsIgnoringASCIICase("bearer")
        else { return nil }
        return String(value[value.index(after: space)...])
    }
}
