public import HTTPTypes

/// An error of a connection, as a short code from a bounded set without content of the request: suitable for logs and
/// metric labels.
public enum FastCGIError: String, Error, Sendable, CaseIterable {
    // Protocol violations: the connection is closed.
    case unsupportedVersion
    case malformedBeginRequest
    case unexpectedRecord
    case managementTooLarge

    // Invalid requests: answered with a status without reaching the application.
    case parametersTooLarge
    case tooManyParameters
    case parameterNameTooLong
    case parameterValueTooLong
    case truncatedParameters
    case duplicateParameter
    case invalidMethod
    case invalidPath
    case pathTooLong
    case invalidQuery
    case invalidHeader
    case invalidContentLength
    case headTimeout
    case overloaded

    // Incomplete or oversized bodies: thrown to the application when it reads the body.
    case bodyTooLarge
    case bodyLengthMismatch
    case bodyTruncated
    case bodyTimeout

    // Answers of the application that cannot be sent.
    case responseHeaderTooLarge
    case invalidResponseHeader
    case responseLengthMismatch

    /// The HTTP status sent for this error, where an answer is still possible.
    public var status: HTTPResponse.Status {
        switch self {
        case .parametersTooLarge, .tooManyParameters, .parameterNameTooLong, .parameterValueTooLong:
            .requestHeaderFieldsTooLarge
        case .pathTooLong: .uriTooLong
        case .bodyTooLarge: .contentTooLarge
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .overloaded: .serviceUnavailable
        case .responseHeaderTooLarge, .invalidResponseHeader, .responseLengthMismatch: .internalServerError
        case .unsupportedVersion, .malformedBeginRequest, .unexpectedRecord, .managementTooLarge, .truncatedParameters,
            .duplicateParameter, .invalidMethod, .invalidPath, .invalidQuery, .invalidHeader, .invalidContentLength,
            .bodyLengthMismatch, .bodyTruncated:
            .badRequest
        }
    }
}

extension FastCGIError: CustomStringConvertible {
    public var description: String { self.rawValue }
}
