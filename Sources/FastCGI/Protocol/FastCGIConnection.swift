package import NIOCore

/// The state machine of one FastCGI connection, without its socket.
///
/// A connection carries one request at a time, as nginx and all other common web servers use it; a second request is
/// answered CANT_MPX_CONN. After each call the owner calls ``nextEvent()`` until it returns nil, then ``nextOutput()``
/// until it returns nil, and closes the connection, once that output is written, if ``wantsClose`` is true.
package struct FastCGIConnection: Sendable {
    /// An event that the owner must handle.
    package enum Event: Sendable {
        /// The head of a request. Its body follows, then ``bodyEnd`` or ``bodyFailed(_:)``.
        case request(RequestHead)
        case body(ByteBuffer)
        /// The end of a body that arrived completely, with its announced length.
        case bodyEnd
        /// The body is incomplete. Whatever the application still answers is discarded.
        case bodyFailed(FastCGIError)
        /// The web server aborted the request (ABORT_REQUEST).
        case aborted
        /// The request was answered without the application.
        case refused(FastCGIError)
        /// The peer violated the protocol.
        case protocolError(FastCGIError)
    }

    /// The input that the connection waits for; the owner limits the time of each.
    package enum Waiting: Sendable {
        case firstRequest, nextRequest, head, body, drain, nothing
    }

    /// The state of the input.
    enum Phase: Sendable {
        /// No request.
        case idle
        /// Reading PARAMS.
        case parameters
        /// Skipping the remaining PARAMS of a request that will be refused with this error.
        case refusing(FastCGIError)
        /// The application has the request.
        case exchange
        /// The request is answered; the rest of its input is skipped.
        case draining
        case closed
    }

    /// The state of the answer.
    enum ResponseState: Sendable {
        case waiting
        /// The head was sent. `remaining` is the rest of the announced length; `isOmitted` is true for HEAD, 204 and
        /// 304.
        case body(remaining: Int?, isOmitted: Bool)
        case ended
    }

    let configuration: FastCGIConfiguration
    var reader = RecordReader()
    var writer = RecordWriter()
    var phase = Phase.idle
    var requestsBegun = 0

    var requestID: UInt16 = 0
    var keepsConnection = false
    var decoder: ParameterDecoder
    var gathered = ByteBuffer()
    var isHead = false
    var expectedBody: Int?
    var receivedBody = 0
    var bodyEnded = false
    var drained = 0
    var response = ResponseState.ended
    var retires = false
    /// Whether the answer is a stream of events.
    package internal(set) var sendsEvents = false

    /// Whether the connection must be closed after the pending output.
    package internal(set) var wantsClose = false

    package init(configuration: FastCGIConfiguration) {
        self.configuration = configuration
        self.decoder = ParameterDecoder(limits: configuration.limits)
    }

    package var waiting: Waiting {
        switch self.phase {
        case .idle: self.requestsBegun == 0 ? .firstRequest : .nextRequest
        case .parameters, .refusing: .head
        case .exchange: self.bodyEnded ? .nothing : .body
        case .draining: .drain
        case .closed: .nothing
        }
    }

    /// Whether the application has a request whose answer is incomplete.
    package var isAnswering: Bool {
        guard case .exchange = self.phase else { return false }
        return true
    }

    /// Whether a request has begun whose answer is incomplete.
    package var hasRequest: Bool {
        switch self.phase {
        case .parameters, .refusing, .exchange: true
        case .idle, .draining, .closed: false
        }
    }

    /// Whether reading must stop because the peer sent too much after its answer. The connection is not closed at once:
    /// an nginx that cannot write goes on to read the answer, but one whose connection breaks returns 502.
    package var refusesInput: Bool {
        guard case .draining = self.phase else { return false }
        return self.drained > self.configuration.limits.drainBytes
    }

    /// The number of bytes of the current body received so far.
    package var bodyProgress: Int { self.receivedBody }

    /// Removes and returns the next bytes to send, or nil when there are none.
    package mutating func nextOutput() -> ByteBuffer? {
        self.writer.next()
    }

    mutating func close() {
        self.phase = .closed
        self.wantsClose = true
    }
}
