package import HTTPTypes

/// A request whose parameters were all read and found good.
package struct RequestHead: Sendable {
    package var request: HTTPRequest
    package var parameters: FastCGIParameters
    /// CONTENT_LENGTH; nil when the web server streams a body whose length it does not know.
    package var contentLength: Int?
}
