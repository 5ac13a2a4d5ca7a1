package import HTTPTypes

/// The stable codes of the API's errors, for clients.
package enum ProblemCode: String, Sendable, CaseIterable {
    case malformedJSON = "malformed_json"
    case badParameter = "bad_parameter"
    case badCursor = "bad_cursor"
    case unauthorized
    case forbidden
    case insufficientScope = "insufficient_scope"
    case tenantDisabled = "tenant_disabled"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case conflict
    case preconditionFailed = "precondition_failed"
    case payloadTooLarge = "payload_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case validationFailed = "validation_failed"
    case idempotencyMismatch = "idempotency_mismatch"
    case abandoned
    case rateLimited = "rate_limited"
    case conversationBusy = "conversation_busy"
    case quotaExceeded = "quota_exceeded"
    case internalError = "internal_error"
    case providerRejected = "provider_rejected"
    case providerMisbehaved = "provider_misbehaved"
    case providerUnavailable = "provider_unavailable"
    case tenantMisconfigured = "tenant_misconfigured"
    case overloaded
    case draining
    case providerTimeout = "provider_timeout"

    package var status: HTTPResponse.Status {
        switch self {
        case .malformedJSON, .badParameter, .badCursor: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden, .insufficientScope, .tenantDisabled: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .conflict: .conflict
        case .preconditionFailed: .preconditionFailed
        case .payloadTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .validationFailed, .idempotencyMismatch, .abandoned: .unprocessableContent
        case .rateLimited, .conversationBusy, .quotaExceeded: .tooManyRequests
        case .internalError: .internalServerError
        case .providerRejected, .providerMisbehaved: .badGateway
        case .providerUnavailable, .tenantMisconfigured, .overloaded, .draining: .serviceUnavailable
        case .providerTimeout: .gatewayTimeout
        }
    }

    /// Whether the same request may succeed later without any change.
    package var isRetryable: Bool {
        switch self {
        case .rateLimited, .conversationBusy, .providerMisbehaved, .providerUnavailable, .overloaded, .draining,
            .providerTimeout:
            true
        default: false
        }
    }
}
