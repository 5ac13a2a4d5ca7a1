import HTTPTypes
package import Hummingbird
import JSON
import NIOCore
import TodoAPI

/// Creates the API of the admin socket. The permissions of the socket are its only authentication.
package func makeAdminRouter(_ services: AdminServices) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: AdminErrors())
    router.get("status") { _, _ in APIResponse.json(.object(services.status())) }
    router.get("metrics") { _, _ in
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: services.metrics())))
    }
    router.post("reload") { _, _ in APIResponse.json(.object(await services.reload())) }
    router.post("hand-over") { _, _ in
        services.handOver()
        return APIResponse.json(["status": "draining"], status: .accepted)
    }
    UserDataRoutes(stores: services.stores, limits: services.limits).add(to: router)
    return router
}
