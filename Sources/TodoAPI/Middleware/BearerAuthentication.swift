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

/// A middleware that verifies the bearer token (RFC 6750) and sets the principal. All token errors give the same 401.
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
        // One snapshot for the whole request, so that keys and tenant are of the same moment.
        let snapshot = tenants.snapshot
        let host = try hostTenant(context)
        guard let token = bearerToken(request) else { throw Problem.unauthorized }
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try TokenVerifier(keys: snapshot).verify(
                token, host: host, now: UnixTime(now().milliseconds / 1000))
        } catch {
            // The token may be good: a client that was told 401 would give it up.
            if error == .cryptography {
                context.logger.error("a token cannot be verified: OpenSSL failed")
                throw Problem(.internalError, "The token could not be verified.")
            }
            // Only the operator learns the reason; clients get one answer for all.
            context.logger.debug("token refused", metadata: ["reason": "\(error)"])
            throw Problem.unauthorized
        }
        switch snapshot.tenant(verified.account.tenant) {
        case .ready(let tenant): return Principal(token: verified, tenant: tenant)
        case .disabled: throw Problem(.tenantDisabled, "This tenant is disabled.")
        case .misconfigured:
            throw Problem(.tenantMisconfigured, "This tenant's configuration is invalid. Contact the operator.")
        case nil: throw Problem.unauthorized
        }
    }

    /// Returns the tenant that nginx names for the host; nil where it names none.
    private func hostTenant(_ context: APIContext) throws -> TenantID? {
        guard let name = context.fastCGI?["STEWARD_TENANT"] else { return nil }
        guard let tenant = TenantID(name) else {
            context.logger.error("the web server's STEWARD_TENANT is not a tenant id")
            throw Problem(.tenantMisconfigured, "This host's configuration is invalid. Contact the operator.")
        }
        return tenant
    }

    private func bearerToken(_ request: Request) -> String? {
        let values = request.headers[values: .authorization]
        // Tokens are ASCII; any other value is refused without a comparison.
        guard values.count == 1, let value = values.first, value.utf8.count <= UnverifiedToken.sizeLimit + 16,
            value.isASCII, let space = value.utf8.firstIndex(of: UInt8(ascii: " ")),
            value[..<space].equalsIgnoringASCIICase("bearer")
        else { return nil }
        return String(value[value.index(after: space)...])
    }
}
