package import FastCGI
package import Hummingbird
import Logging
import Tenants
import Tokens

/// The context of every request, before authentication.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The parameters set by nginx; nil on plain HTTP.
    package let fastCGI: FastCGIParameters?
    /// The id of the request in its answer and in the log.
    let requestID = RequestID.make()
    /// The tenant of the request, for middleware that ran before the token was verified.
    let label = RequestLabel()
    /// The sender, after the token was verified.
    var principal: Principal?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        fastCGI = FastCGIParameters.current
        // Replaces Hummingbird's own id, which is a counter and does not exist for every transport.
        logger[metadataKey: "hb.request.id"] = "\(requestID)"
    }
}

/// A verified token and its tenant, as configured when the request arrived.
struct Principal: Sendable {
    let token: VerifiedToken
    let tenant: Tenant
}
