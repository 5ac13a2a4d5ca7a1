import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server of chat completions that answers each request at once with twelve chunks: a tool call after the user's
/// message, text after a tool's result.
///
/// It keeps the last body of each kind, so that clients can send the same: `GET /call` and `GET /words`.
final class Upstream: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    static func run() async throws {
        let kept = KeptBodies()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(Upstream(kept))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try FileHandle.standardOutput.write(contentsOf: Data("\(server.localAddress?.port ?? 0)\n".utf8))
        try await server.closeFuture.get()
    }

    /// The request bodies to be sent again.
    private final class KeptBodies: Sendable {
        let call = Mutex(ByteBuffer())
        let words = Mutex(ByteBuffer())
    }

    private let kept: KeptBodies
    private var path = ""
    private var body = ByteBuffer()

    private init(_ kept: KeptBodies) { self.kept = kept }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head):
            self.path = head.uri
            self.body.clear()
        case .body(let bytes):
            self.body.writeImmutableBuffer(bytes)
        case .end:
            switch self.path {
            case "/call": self.answer(with: [self.kept.call.withLock { $0 }], context)
            case "/words": self.answer(with: [self.kept.words.withLock { $0 }], context)
            default:
                let endsWithResult = self.endsWithResult
                if endsWithResult {
                    self.kept.words.withLock { $0 = self.body }
                } else {
                    self.kept.call.withLock { $0 = self.body }
                }
                self.answer(with: endsWithResult ? Self.words : Self.call, context)
            }
        }
    }

    /// Whether the last message is a tool's result.
    private var endsWithResult: Bool {
        let role = Array(#""role":""#.utf8)
        let bytes = Array(self.body.readableBytesView)
        var place = bytes.count - role.count
        while place > 0 {
            place -= 1
            guard bytes[place] == role[0], bytes[place...].starts(with: role) else { continue }
            return bytes[place + role.count] == UInt8(ascii: "t")
        }
        return false
    }

    private func answer(with chunks: [ByteBuffer], _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(
            version: .http1_1, status: .ok,
            headers: ["content-type": "text/event-stream", "transfer-encoding": "chunked"])
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        for chunk in chunks { context.write(self.wrapOutboundOut(.body(.byteBuffer(chunk))), promise: nil) }
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    private static let call = events(
        [#"{"role":"assistant","content":null}"#]
            + [
                #"[{"index":0,"id":"call_1","type":"function","function":{"name":"add_task","arguments":""}}]"#
            ].map { #"{"tool_calls":\#($0)}"# }
            + [#"{\""#, "title", #"\":"#, #" \""#, "Pay", " the", " rent", #"\"}"#].map {
                #"{"tool_calls":[{"index":0,"function":{"arguments":"\#($0)"}}]}"#
            }, finish: "tool_calls")

    private static let words = events(
        ["", "I", " have", " added", " the", " task", " Pay", " the", " rent", "."].map {
            #"{"role":"assistant","content":"\#($0)"}"#
        }, finish: "stop")

    /// Returns one chunk for each delta, one for the finish_reason, one for the usage, and the end.
    private static func events(_ deltas: [String], finish: String) -> [ByteBuffer] {
        func chunk(_ choices: String, usage: String = "null") -> String {
            #"{"id":"chatcmpl-9Y1r7q0pBkXbE2","object":"chat.completion.chunk","created":1763800000,"#
                + #""model":"bench","choices":[\#(choices)],"usage":\#(usage)}"#
        }
        let chunks =
            deltas.map { chunk(#"{"index":0,"delta":\#($0),"finish_reason":null}"#) }
            + [chunk(#"{"index":0,"delta":{},"finish_reason":"\#(finish)"}"#)]
            + [chunk("", usage: #"{"prompt_tokens":900,"completion_tokens":12,"total_tokens":912}"#), "[DONE]"]
        return chunks.map { ByteBuffer(string: "data: \($0)\n\n") }
    }
}
