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
    let requestID = RequestID.make()
    /// Of whose tenant the request is, for those who saw the request before its token was verified.
    let label = RequestLabel()
    /// Who sent it, once the token is verified.
    var principal: Principal?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        fastCGI = FastCGIParameters.current
        // In place of Hummingbird's own id, which counts up and is not there under every front end.
        logger[metadataKey: "hb.request.id"] = "\(requestID)"
    }
}

/// A verified token and the tenant that it belongs to, as the tenant was when the request came.
struct Principal: Sendable {
    let token: VerifiedToken
    let tenant: Tenant
}
