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
    /// A sentence for logs.
    public var description: String {
        switch self {
        case .unsupportedVersion: "the peer does not use version 1 of FastCGI"
        case .malformedBeginRequest: "a BEGIN_REQUEST record does not have 8 bytes"
        case .unexpectedRecord: "a record arrived that is not allowed in this state"
        case .managementTooLarge: "a management record is invalid or too large"
        case .parametersTooLarge: "the parameters are too large"
        case .tooManyParameters: "there are too many parameters"
        case .parameterNameTooLong: "the name of a parameter is too long"
        case .parameterValueTooLong: "the value of a parameter is too long"
        case .truncatedParameters: "the parameters end within a name or value"
        case .duplicateParameter: "a parameter of the web server is repeated"
        case .invalidMethod: "the request method is invalid"
        case .invalidPath: "the path is invalid"
        case .pathTooLong: "the path is too long"
        case .invalidQuery: "the query is invalid"
        case .invalidHeader: "a header field is invalid"
        case .invalidContentLength: "the content length is invalid"
        case .headTimeout: "the parameters did not arrive in time"
        case .overloaded: "too many requests are in flight"
        case .bodyTooLarge: "the body is too large"
        case .bodyLengthMismatch: "the body does not have its announced length"
        case .bodyTruncated: "the body is incomplete"
        case .bodyTimeout: "the body did not arrive in time"
        case .responseHeaderTooLarge: "the header fields of the response are too large"
        case .invalidResponseHeader: "a header field of the response is invalid"
        case .responseLengthMismatch: "the response does not have its announced length"
        }
    }
}
