import HTTPTypes
import NIOCore

/// What a connection's task receives.
enum ApplicationPart: Sendable {
    /// A request. With a body it is complete; without one its pieces follow.
    case request(HTTPRequest, FastCGIParameters, body: ByteBuffer?)
    case body(ByteBuffer)
    case end
    /// The body will not be complete.
    case failed(FastCGIError)
}
