package import HTTPTypes

/// The head of a request, made from parameters that were all read and validated.
package struct RequestHead: Sendable {
    package var request: HTTPRequest
    package var parameters: FastCGIParameters
    /// CONTENT_LENGTH in bytes; nil when the web server streams a body of unknown length.
    package var contentLength: Int?
}
