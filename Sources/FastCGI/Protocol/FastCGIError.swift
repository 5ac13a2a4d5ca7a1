public import HTTPTypes

/// What can go wrong on a connection, as short, bounded codes: fit for logs and metric labels, free of any content.
public enum FastCGIError: String, Error, Sendable, CaseIterable {
    // The peer does not speak FastCGI 1.0 as a responder's web server must: the connection is closed.
    case unsupportedVersion
    case malformedBeginRequest
    case unexpectedRecord
    case managementTooLarge

    // A request that is answered with a status instead of being handed to the application.
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

    // A body that must not be taken for a complete one. The application sees these when it reads the body.
    case bodyTooLarge
    case bodyLengthMismatch
    case bodyTruncated
    case bodyTimeout

    // An answer of the application that cannot be sent as it is.
    case responseHeaderTooLarge
    case invalidResponseHeader
    case responseLengthMismatch

    /// The status that a client gets for this, where an answer is still possible.
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
