import Assistant
package import Hummingbird
import JSON
import NIOCore
import Tenants
import TodoStore
import Tokens

/// Creates the complete HTTP API, from the outermost middleware to the routes.
package func makeRouter(_ services: APIServices) -> Router<APIContext> {
    let table = RouteTable(services)
    let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
    router.addMiddleware {
        AccessLog(inFlight: services.inFlight)
        CrossOrigin(tenants: services.tenants, table: table)
        ProblemResponses(table: table)
    }
    router.get("healthz") { _, _ in APIResponse.json(["status": "ok"]) }
    router.get("readyz") { _, _ in
        guard services.isReady() else { throw Problem(.draining, "The server is not ready.") }
        return APIResponse.json(["status": "ready"])
    }
    let document = OpenAPIDocument(routes: table.routes).json.serialized
    router.get("openapi.json") { _, _ in APIResponse.json(document) }

    let user = router.group("api/:user_id")
        .add(middleware: BearerAuthentication(tenants: services.tenants, now: services.now))
        .group(context: UserContext.self)
    let admission = Admission(
        concurrency: ConcurrencyLimiter(limits: services.concurrency), rates: RequestRateLimiter(clock: services.clock))
    for route in table.routes {
        user.on(route.routerPath, method: route.method) { request, context in
            guard context.scopes.contains(route.scope) else {
                throw Problem(.insufficientScope, "The token lacks the scope \(route.scope.claim).")
            }
            return try await admission.admit(request, context, to: route)
        }
    }
    return router
}

extension RouteTable {
    package init(_ services: APIServices) {
        routes =
            ChatRoutes(turns: services.turns, clock: services.clock).routes
            + ConversationRoutes(databases: services.databases).routes
            + TaskRoutes(databases: services.databases).routes
            + BulkRoutes(databases: services.databases).routes
            + TransferRoutes(databases: services.databases, now: services.now).routes
            + JournalRoutes(databases: services.databases).routes
    }
}
