import HTTPTypes
import Logging
import NIOCore
import NIOExtras
import NIOHTTPTypes

/// A channel handler that connects a channel with its ``FastCGIConnection`` and enforces the time limits.
final class FastCGIHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = ByteBuffer

    /// The maximum length in bytes of a body that is held until the end of the read that brought the head. A body that
    /// arrives completely within it reaches the application together with the head.
    private static let wholeBodyLimit = 65_536

    let configuration: FastCGIConfiguration
    let logger: Logger
    private let inbox: ApplicationInbox
    var connection: FastCGIConnection
    var clock = ConnectionClock()
    var isQuiescing = false
    private var held: (head: RequestHead, body: ByteBuffer)?
    /// The request whose answer is incomplete.
    private var inFlight: InFlightRequest?
    /// The number of writes that have not reached the socket.
    private var unsentWrites = 0
    private var writtenBytes = 0
    private var isClosing = false
    private var isReadHeldBack = false
    private var isReadPending = false

    init(configuration: FastCGIConfiguration, logger: Logger, inbox: ApplicationInbox) {
        self.configuration = configuration
        self.logger = logger
        self.inbox = inbox
        self.connection = FastCGIConnection(configuration: configuration)
    }

    /// Whether the connection waits for input from the peer. While reading is paused, the peer is not the slow one.
    var isPeerAwaited: Bool { self.isReadPending }

    func handlerAdded(context: ChannelHandlerContext) {
        self.configuration.statistics.connectionOpened()
        if context.channel.isActive { self.updateClock(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.inbox.finish()
        self.clock.cancel()
    }

    func channelActive(context: ChannelHandlerContext) {
        self.updateClock(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let wasAnswering = self.connection.hasRequest
        if case .bodyFailed(let error) = self.connection.inputClosed() { self.failBody(error) }
        if wasAnswering { self.configuration.statistics.requestAborted() }
        self.inFlight?.end()
        self.inFlight = nil
        self.configuration.statistics.connectionClosed()
        self.clock.cancel()
        self.inbox.finish()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data)
        self.isReadPending = false
        self.configuration.statistics.received(bytes.readableBytes)
        self.connection.receive(bytes)
        while let event = self.connection.nextEvent() { self.handle(event) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.deliverHeld()
        context.fireChannelReadComplete()
        self.sendOutput(context)
    }

    func read(context: ChannelHandlerContext) {
        // Reading pauses while the peer does not read, so that it cannot request more answers.
        guard context.channel.isWritable, !self.connection.refusesInput else {
            self.isReadHeldBack = true
            return
        }
        guard !self.inbox.holdsBackReads() else { return }
        self.isReadPending = true
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable && self.isReadHeldBack && !self.connection.refusesInput {
            self.isReadHeldBack = false
            self.isReadPending = true
            context.read()
        }
        self.updateClock(context)
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let error: FastCGIError? =
            switch self.unwrapOutboundIn(data) {
            case .head(let head):
                self.connection.send(head, retiring: self.isQuiescing || self.configuration.drain.hasBegun)
            case .body(let bytes): self.connection.send(bytes)
            case .end: self.connection.sendEnd()
            }
        if let error {
            self.logger.error("the application's response cannot be sent", metadata: ["error": "\(error)"])
        }
        promise?.succeed()
    }

    func flush(context: ChannelHandlerContext) {
        self.sendOutput(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            // The event is not passed on: the application's parts end with the connection.
            let hadRequest = self.connection.hasRequest
            if let event = self.connection.inputClosed() { self.handle(event) }
            if hadRequest && self.connection.wantsClose { self.configuration.statistics.requestAborted() }
            self.sendOutput(context)
        case is ChannelShouldQuiesceEvent:
            self.isQuiescing = true
            self.updateClock(context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.logger.debug("FastCGI connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    func handle(_ event: FastCGIConnection.Event) {
        switch event {
        case .request(var head):
            let limit = self.configuration.limits.requestsInFlight
            guard let inFlight = self.configuration.statistics.admitRequest(limit: limit) else {
                self.connection.refuse(.overloaded)
                self.configuration.statistics.requestRefused()
                return
            }
            self.inFlight = inFlight
            head.parameters.inFlight = inFlight
            self.held = (head, ByteBuffer())
        case .body(let bytes):
            if let held, held.body.readableBytes + bytes.readableBytes <= Self.wholeBodyLimit {
                self.hold(bytes)
            } else {
                self.deliverHeld()
                self.inbox.put(.body(bytes))
            }
        case .bodyEnd:
            guard let (head, body) = self.held else {
                self.inbox.put(.end)
                return
            }
            self.held = nil
            self.inbox.put(.request(head.request, head.parameters, body: body))
        case .bodyFailed(let error):
            self.failBody(error)
            self.logger.debug("FastCGI request body failed", metadata: ["error": "\(error)"])
        case .aborted:
            self.held = nil
            self.configuration.statistics.requestAborted()
        case .refused(let error):
            self.configuration.statistics.requestRefused()
            self.logger.debug("FastCGI request refused", metadata: ["error": "\(error)"])
        case .protocolError(let error):
            self.held = nil
            self.configuration.statistics.protocolBroken()
            self.logger.info("FastCGI peer violated the protocol", metadata: ["error": "\(error)"])
        }
    }

    /// Sends all pending output in one flush, then closes the connection if it is over.
    func sendOutput(_ context: ChannelHandlerContext) {
        let ended = self.connection.isAnswering ? nil : self.inFlight.take()
        var output = self.connection.nextOutput()
        let hasWritten = output != nil
        while let bytes = output {
            output = self.connection.nextOutput()
            self.configuration.statistics.sent(bytes.readableBytes)
            self.writtenBytes += bytes.readableBytes
            context.write(
                self.wrapOutboundOut(bytes), promise: output == nil ? self.lastWrite(context, ended) : nil)
        }
        if !hasWritten { ended?.end() }
        if self.connection.wantsClose && !self.isClosing {
            self.isClosing = true
            // An empty write completes after all writes before it.
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: written)
        } else if hasWritten {
            context.flush()
        }
        self.updateClock(context)
    }

    /// Whether output waits for the peer to read it.
    func isBlocked(_ context: ChannelHandlerContext) -> Bool {
        context.channel.isActive && (self.isClosing || self.unsentWrites > 0 || !context.channel.isWritable)
    }

    /// The number of bytes that have reached the socket; it grows while the peer reads.
    func sentBytes(_ context: ChannelHandlerContext) -> Int {
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return self.writtenBytes - (buffered ?? 0)
    }

    /// Returns the promise of a write after which all output so far has been sent.
    ///
    /// - Parameter ended: The request whose answer ends with this write.
    private func lastWrite(_ context: ChannelHandlerContext, _ ended: InFlightRequest?) -> EventLoopPromise<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        self.unsentWrites += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.unsentWrites -= 1
            ended?.end()
            if context.channel.isActive { self.updateClock(context) }
        }
        return promise
    }

    private func hold(_ bytes: ByteBuffer) {
        if self.held?.body.readableBytes == 0 {
            self.held?.body = bytes
        } else {
            self.held?.body.writeImmutableBuffer(bytes)
        }
    }

    /// Delivers a head whose body did not arrive in the same read.
    private func deliverHeld() {
        guard let (head, body) = self.held else { return }
        self.held = nil
        self.inbox.put(.request(head.request, head.parameters, body: nil))
        if body.readableBytes > 0 { self.inbox.put(.body(body)) }
    }

    /// Reports a failed body to the application, unless the request has not been delivered yet.
    private func failBody(_ error: FastCGIError) {
        guard self.held == nil else {
            self.held = nil
            return
        }
        self.inbox.put(.failed(error))
    }
}
