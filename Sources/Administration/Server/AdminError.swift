import HTTPTypes
import Hummingbird
import JSON
import Logging
import SQLiteStore
import TodoAPI
import TodoStore

/// The reason why the admin socket refuses a request.
enum AdminError: Error {
    case noUser, noTenant, badTenant, badUser, tooLarge

    var status: HTTPResponse.Status {
        switch self {
        case .noUser: .notFound
        case .noTenant: .conflict
        case .badTenant, .badUser: .badRequest
        case .tooLarge: .contentTooLarge
        }
    }

    var explanation: String {
        switch self {
        case .noUser: "the user has no data"
        case .noTenant: "the tenant is disabled or invalid; see `steward tenant check`"
        case .badTenant: "the tenant id is invalid"
        case .badUser: "the user id is invalid"
        case .tooLarge: "the database is larger than this tenant allows"
        }
    }
}

/// A middleware that answers errors with a message for the operator: `{"error": "…"}`.
struct AdminErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as AdminError {
            return APIResponse.json(["error": .string(error.explanation)], status: error.status)
        } catch let error as UserImport.Refusal {
            return APIResponse.json(["error": .string(error.explanation)], status: .conflict)
        } catch let error as StoreError {
            return APIResponse.json(["error": .string(error.explanation)], status: .conflict)
        }
    }
}
