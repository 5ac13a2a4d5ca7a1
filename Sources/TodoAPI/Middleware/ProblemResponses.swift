import HTTPTypes
import Hummingbird
import Logging
import TodoStore

/// A middleware that turns every error into `application/problem+json`, and adds `X-Request-Id` to every answer.
struct ProblemResponses: RouterMiddleware {
    let table: RouteTable

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as CancellationError {
            // The client has disconnected and cannot read an answer.
            throw error
        } catch {
            response = problem(for: error, request, context).response(requestID: context.requestID)
        }
        response.headers[.xRequestID] = context.requestID
        return response
    }

    private func problem(for error: any Error, _ request: Request, _ context: APIContext) -> Problem {
        guard let problem = Problem(error) else {
            context.logger.error("unexpected error", metadata: ["error": "\(type(of: error)): \(error)"])
            return Problem(.internalError, "An internal error occurred; the operator can find it by the request id.")
        }
        if problem.code.status.code >= 500 {
            // The store has already logged the error, once per file.
            let level: Logger.Level = error is StoreError ? .debug : .warning
            context.logger.log(level: level, "\(problem.code.rawValue)", metadata: ["error": "\(error)"])
        }
        guard problem.code == .notFound, let allowed = table.methods(at: request.uri.path),
            !allowed.contains(request.method)
        else { return problem }
        let names = RouteTable.allow(allowed)
        return Problem(.methodNotAllowed, "This path supports \(names).", headers: [.allow: names])
    }
}
