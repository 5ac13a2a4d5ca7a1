package import FastCGI
package import Hummingbird
import Logging
import Tenants
import Tokens

/// What is known of every request before anyone has asked who sent it.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// What nginx itself says of the request; nil on plain HTTP.
    package let fastCGI: FastCGIParameters?
    /// Leads from an answer to the lines of the log.
    package let requestID: String
    /// Who sent it, once the token is verified.
    var principal: Principal?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = RequestID.make()
        fastCGI = FastCGIParameters.current
        logger[metadataKey: "request_id"] = "\(requestID)"
    }
}

/// A verified token and the tenant that it belongs to, as the tenant was when the request came.
struct Principal: Sendable {
    let token: VerifiedToken
    let tenant: Tenant
}
