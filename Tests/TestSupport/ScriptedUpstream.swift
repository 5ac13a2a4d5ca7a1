package import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on loopback that plays given replies and records its requests.
package final class ScriptedUpstream: Sendable {
    /// `http://127.0.0.1:PORT`.
    package let url: String
    private let reply: @Sendable (ScriptedRequest, Int) -> ScriptedReply
    private let recorded = Mutex<[ScriptedRequest]>([])
    private let arrivals = ScriptedGate()
    private let connections: ScriptedConnections

    private init(
        port: Int, _ connections: ScriptedConnections,
        reply: @escaping @Sendable (ScriptedRequest, Int) -> ScriptedReply
    ) {
        url = "http://127.0.0.1:\(port)"
        self.connections = connections
        self.reply = reply
    }

    /// The requests so far.
    package var requests: [ScriptedRequest] { recorded.withLock { $0 } }

    /// The number of connections so far.
    package var connectionCount: Int { connections.count }

    /// Waits for one more request.
    package func arrival() async { await arrivals.wait() }

    /// Waits for one more connection to end.
    package func closure() async { await connections.closures.wait() }

    /// Runs an upstream that plays `replies` in order while `body` runs; then it answers 599.
    package static func run<Result>(
        _ replies: [ScriptedReply], _ body: (ScriptedUpstream) async throws -> Result
    ) async throws -> Result {
        try await run(
            { _, index in
                index < replies.count ? replies[index] : .body(599, #"{"error":{"message":"no reply is left"}}"#)
            }, body)
    }

    /// Runs an upstream that answers with `reply`, called with a request and its number from 0, while `body` runs.
    package static func run<Result>(
        _ reply: @escaping @Sendable (ScriptedRequest, Int) -> ScriptedReply,
        _ body: (ScriptedUpstream) async throws -> Result
    ) async throws -> Result {
        let connections = ScriptedConnections()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // Hundreds of requests at once fill the default of 128, and connections then wait for seconds.
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ScriptedRequestHandler(connections))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let upstream = ScriptedUpstream(port: server.localAddress?.port ?? 0, connections, reply: reply)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await upstream.answer() }
            defer {
                group.cancelAll()
                server.close(promise: nil)
            }
            return try await body(upstream)
        }
    }

    private func answer() async {
        await withDiscardingTaskGroup { group in
            for await (request, channel) in connections.requests {
                let index = recorded.withLock { requests in
                    requests.append(request)
                    return requests.count - 1
                }
                arrivals.open()
                group.addTask { await Self.play(self.reply(request, index), on: channel) }
            }
            group.cancelAll()
        }
    }

    /// Plays a reply until it ends or the client disconnects.
    private static func play(_ reply: ScriptedReply, on channel: any Channel) async {
        let (closed, source) = AsyncStream.makeStream(of: Void.self)
        channel.closeFuture.whenComplete { _ in source.finish() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Some tests break the connection on purpose.
                let goesOn = try? await write(reply, to: channel)
                if goesOn != true || Task.isCancelled { channel.close(promise: nil) }
            }
            group.addTask { for await _ in closed {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// - Returns: Whether the connection is kept.
    private static func write(_ reply: ScriptedReply, to channel: any Channel) async throws -> Bool {
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: reply.status),
            headers: HTTPHeaders(reply.headers.map { ($0.name, $0.value) }))
        var isHeadSent = false
        func send(_ part: HTTPServerResponsePart) async throws {
            if !isHeadSent { try await channel.writeAndFlush(HTTPServerResponsePart.head(head)) }
            isHeadSent = true
            if case .head = part { return }
            try await channel.writeAndFlush(part)
        }
        for step in reply.steps {
            switch step {
            case .head: try await send(.head(head))
            case .send(let text): try await send(.body(.byteBuffer(ByteBuffer(string: text))))
            case .wait(let gate): await gate.wait()
            case .pause(let duration): try await Task.sleep(for: duration)
            case .close: return false
            case .reset:
                let options = channel as? any SocketOptionProvider
                try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
                return false
            }
        }
        try await send(.end(nil))
        return true
    }
}

/// The connections of one upstream.
private final class ScriptedConnections: Sendable {
    let requests: AsyncStream<(ScriptedRequest, any Channel)>
    let closures = ScriptedGate()
    private let source: AsyncStream<(ScriptedRequest, any Channel)>.Continuation
    private let opened = Mutex(0)

    init() { (requests, source) = AsyncStream.makeStream() }

    var count: Int { opened.withLock { $0 } }

    func open() { opened.withLock { $0 += 1 } }

    func receive(_ request: ScriptedRequest, on channel: any Channel) { source.yield((request, channel)) }
}

/// A handler that assembles the parts of each request.
private final class ScriptedRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let connections: ScriptedConnections
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ connections: ScriptedConnections) { self.connections = connections }

    func channelActive(context: ChannelHandlerContext) { connections.open() }

    func channelInactive(context: ChannelHandlerContext) { connections.closures.open() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let bytes): body.writeImmutableBuffer(bytes)
        case .end:
            if let head { connections.receive(ScriptedRequest(head, body), on: context.channel) }
            head = nil
            body = ByteBuffer()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A request as received.
package struct ScriptedRequest: Sendable {
    package let method: String
    package let path: String
    package let body: String
    private let headers: HTTPHeaders

    init(_ head: HTTPRequestHead, _ body: ByteBuffer) {
        method = head.method.rawValue
        path = head.uri
        headers = head.headers
        self.body = String(buffer: body)
    }

    /// The body as JSON; null when it is not JSON.
    package var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }

    package func header(_ name: String) -> String? { headers.first(name: name) }

    /// The names of all header fields, in lower case and sorted.
    package var headerNames: [String] { headers.map { $0.name.lowercased() }.sorted() }
}
