import HTTPTypes
import NIOCore

/// A part of a request, for the task of a connection.
enum ApplicationPart: Sendable {
    /// The head of a request. If `body` is not nil it is the complete body; otherwise its parts follow.
    case request(HTTPRequest, FastCGIParameters, body: ByteBuffer?)
    case body(ByteBuffer)
    case end
    /// The body is incomplete.
    case failed(FastCGIError)
}
