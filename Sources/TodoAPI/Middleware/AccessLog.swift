import HTTPTypes
import Hummingbird
import Logging

/// A middleware that logs one line per request, with the matched route instead of the path, which contains the user id.
struct AccessLog: RouterMiddleware {
    let inFlight: RequestsInFlight
    private let clock = ContinuousClock()
    private let metrics = RequestMetrics()

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = clock.now
        let entry = inFlight.enter(method: request.method.rawValue, route: context.endpointPath ?? "-")
        defer { withExtendedLifetime(entry) {} }
        do {
            var response = try await next(request, context)
            if response.body.contentLength == nil { response.body = response.body.keeping(entry) }
            log(request, context, response.status.code, start)
            return response
        } catch {
            // nginx's code for a client that disconnected before the answer.
            log(request, context, 499, start)
            throw error
        }
    }

    private func log(_ request: Request, _ context: APIContext, _ status: Int, _ start: ContinuousClock.Instant) {
        let duration = clock.now - start
        let route = context.endpointPath ?? "-"
        metrics.record(method: request.method.rawValue, route: route, status: "\(status)", duration)
        var metadata: Logger.Metadata = [
            "method": "\(request.method.rawValue)", "route": "\(route)", "status": .stringConvertible(status),
            "ms": .stringConvertible((duration / .microseconds(1)).rounded() / 1000),
        ]
        if let tenant = context.label.tenant { metadata["tenant"] = "\(tenant)" }
        context.logger.info("request", metadata: metadata)
    }
}
