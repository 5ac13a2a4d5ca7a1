import Assistant
package import FastCGI
import Hummingbird
import JSON
import NIOCore
import TodoStore

extension Problem {
    static let unauthorized = Problem(
        .unauthorized, "A valid bearer token is required.", headers: [.wwwAuthenticate: "Bearer"])

    /// Creates the answer for an error, the only place that does; returns nil for an unexpected error.
    init?(_ error: any Error) {
        switch error {
        case let error as Problem: self = error
        case let error as FieldErrors:
            self.init(.validationFailed, "The request has invalid members.", errors: error.errors)
        case let error as StoreError: self.init(error)
        case let error as TurnError: self.init(error)
        case let error as FastCGIError: self.init(error)
        case is NIOTooManyBytesError: self.init(.payloadTooLarge, "The body is too large.")
        case let error as any HTTPResponseError where error.status == .notFound:
            self.init(.notFound, "There is no such route.")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            self.init(.badParameter, "The request is invalid.")
        default: return nil
        }
    }

    /// Creates the answer for a request refused by the FastCGI layer.
    package init(_ error: FastCGIError) {
        switch error {
        case .bodyTooLarge: self.init(.payloadTooLarge, "The body is too large.")
        case .overloaded:
            self = Problem(.overloaded, "The server is busy; try again.").retry(after: .seconds(1))
        default:
            let isOurs = error.status.kind == .serverError
            self.init(isOurs ? .internalError : .badParameter, "The request is invalid: \(error.rawValue).")
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .notFound(let item): self.init(.notFound, "There is no such \(item.rawValue).")
        case .versionMismatch(let version):
            self.init(.preconditionFailed, "The task has changed: its current version is \(version).")
        case .quotaExceeded(let quota):
            self.init(.quotaExceeded, "The limit on \(quota.rawValue) is reached.")
        case .changedSince(let differences):
            self.init(.conflict, "The task has changed since this change.")
            extra = [
                "differences": .array(
                    differences.prefix(100).map { difference in
                        [
                            "task_id": .integer(difference.taskID), "field": .string(difference.field),
                            "expected": difference.expected, "current": difference.current,
                        ]
                    })
            ]
        case .alreadyUndone(let change):
            self.init(.conflict, "The change was already undone, by change \(change).")
        case .badCursor: self.init(.badCursor, "The cursor does not belong to this list.")
        case .keyTaken:
            self = Problem(.conflict, "A request with this Idempotency-Key is running.").retry(after: .seconds(1))
        case .stepRefused: self.init(.conflict, "The turn has already ended.")
        case .tooMuchWork:
            self.init(
                .overloaded, "The request exceeds the work limit, and nothing was changed; request less at once.")
        case .overloaded, .closed:
            self = Problem(.overloaded, "The server is busy; try again.").retry(after: .seconds(1))
        case .outcomeUnknown:
            self = Problem(
                .overloaded,
                "It is not known whether the request was stored. Send it again with the same Idempotency-Key, if it had one."
            )
            .retry(after: .seconds(1))
        // The disk is full, read-only or failing, which can be temporary: the request can be sent again.
        case .full, .unavailable:
            self = Problem(
                .overloaded, "The data of this user is temporarily unavailable; the operator has been notified."
            )
            .retry(after: .seconds(5))
        case .corrupt, .newerSchema, .wrongOwner:
            self.init(.internalError, "The data of this user is unavailable; the operator has been notified.")
        }
    }
}
