import FastCGI
package import Hummingbird
package import Identity
package import Tenants
import Text
import Tokens

/// The context of the routes below `/api/{user_id}`, whose handlers always have a tenant and a user.
package struct UserContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let tenant: Tenant
    package let account: Account
    let scopes: TokenScopes
    /// The request in flight; nil on plain HTTP.
    let inFlight: InFlightRequest?

    /// - Throws: `Problem`: 401 without a principal, 403 when the path names a user other than that of the token.
    package init(context: APIContext) throws {
        guard let principal = context.principal else { throw Problem.unauthorized }
        coreContext = context.coreContext
        tenant = principal.tenant
        account = principal.token.account
        scopes = principal.token.scopes
        inFlight = context.fastCGI?.inFlight
        guard let user = context.parameters.get("user_id").flatMap(PercentDecoding.segment),
            user.equalsBytes(of: account.user.rawValue)
        else {
            // The same answer whether the user exists or not: nothing was looked up.
            throw Problem(.forbidden, "The token is not for this user.")
        }
    }
}
