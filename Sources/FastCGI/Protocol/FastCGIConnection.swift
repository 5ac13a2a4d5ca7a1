package import NIOCore

/// One FastCGI connection without its socket: bytes and the application's answer go in, events and bytes come out.
///
/// A connection carries one request at a time, as every web server uses it (nginx says so in its source); another one
/// that begins meanwhile is answered CANT_MPX_CONN. The owner calls, after whatever it passes in:
/// ``nextEvent()`` until it returns nil, ``nextOutput()`` until it returns nil, and closes the connection, once that
/// output is written, when ``wantsClose`` is true.
package struct FastCGIConnection: Sendable {
    /// What the owner has to act on.
    package enum Event: Sendable {
        /// The head of a request. Its body follows, then ``bodyEnd`` or ``bodyFailed(_:)``.
        case request(RequestHead)
        case body(ByteBuffer)
        /// All of the body arrived, and as much as was announced.
        case bodyEnd
        /// The body will not be complete. What the application still answers is dropped.
        case bodyFailed(FastCGIError)
        /// The web server took the request back.
        case aborted
        /// The request was answered here and does not reach the application.
        case refused(FastCGIError)
        /// The peer does not speak the protocol.
        case protocolError(FastCGIError)
    }

    /// What the connection waits for, so that the owner can limit the time.
    package enum Waiting: Sendable {
        case firstRequest, nextRequest, head, body, drain, nothing
    }

    /// Where the input stands.
    enum Phase: Sendable {
        /// No request.
        case idle
        /// Reading PARAMS.
        case parameters
        /// Skipping the rest of PARAMS of a request that will be refused for this.
        case refusing(FastCGIError)
        /// The application has the request.
        case exchange
        /// The request is answered; what is left of its input is skipped.
        case draining
        case closed
    }

    /// Where the output of the request stands.
    enum ResponseState: Sendable {
        case waiting
        /// Head sent; `remaining` counts down an announced length, `isOmitted` is for HEAD, 204 and 304.
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

    /// Whether nothing more will be read or written after the output that there is.
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

    /// Whether the application has a request whose answer is not complete.
    package var isAnswering: Bool {
        guard case .exchange = self.phase else { return false }
        return true
    }

    /// Whether a request has begun whose answer is not complete.
    package var hasRequest: Bool {
        switch self.phase {
        case .parameters, .refusing, .exchange: true
        case .idle, .draining, .closed: false
        }
    }

    /// Whether the peer sent so much after its answer that nothing more should be read. It is not cut off at once: an
    /// nginx that cannot write any further turns to our answer, one whose connection breaks says 502.
    package var refusesInput: Bool {
        guard case .draining = self.phase else { return false }
        return self.drained > self.configuration.limits.drainBytes
    }

    /// How much of the current body arrived, as a sign of progress.
    package var bodyProgress: Int { self.receivedBody }

    /// The next bytes to send; nil when all were taken.
    package mutating func nextOutput() -> ByteBuffer? {
        self.writer.next()
    }

    mutating func close() {
        self.phase = .closed
        self.wantsClose = true
    }
}
