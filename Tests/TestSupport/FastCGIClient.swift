import NIOCore
import NIOPosix

/// A FastCGI client on one connection, which replaces nginx in tests.
///
/// ```swift
/// try await FastCGIClient.withConnection(unixPath: path) { client in
///     let answer = try await client.execute("POST", "/api/alice/tasks", body: #"{"title": "Milk"}"#)
///     #expect(answer.status == 201)
/// }
/// ```
package final class FastCGIClient {
    /// The error for a connection that the server closed unexpectedly.
    package struct ConnectionClosed: Error {}

    private let channel: any Channel
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received: [UInt8] = []

    private init(
        channel: any Channel, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.channel = channel
        self.outbound = outbound
        self.inbound = inbound
    }

    /// Connects, runs the body, and closes the connection.
    package static func withConnection<Result>(
        unixPath: String, _ body: (FastCGIClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(unixDomainSocketPath: unixPath) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(
                FastCGIClient(channel: channel.channel, outbound: outbound, inbound: inbound.makeAsyncIterator()))
        }
    }

    /// Sends one request and waits for the whole answer.
    package func execute(
        _ method: String, _ target: String, headers: [(String, String)] = [], body: String = "",
        parameters: [(String, String)] = [], keepsConnection: Bool = true
    ) async throws -> FastCGIAnswer {
        try await self.send(
            FastCGIRecords.request(
                method, target, headers: headers, body: Array(body.utf8), parameters: parameters,
                keepsConnection: keepsConnection))
        return try await self.readAnswer()
    }

    /// Sends a request and passes the parts of the answer's body to a closure as they arrive, until it returns false.
    ///
    /// - Returns: The answer without the parts passed to the closure.
    package func stream(
        _ method: String, _ target: String, headers: [(String, String)] = [], body: String = "",
        parameters: [(String, String)] = [], onPiece: (FastCGIAnswer, [UInt8]) async throws -> Bool
    ) async throws -> FastCGIAnswer {
        try await self.send(
            FastCGIRecords.request(method, target, headers: headers, body: Array(body.utf8), parameters: parameters))
        return try await self.readAnswer(onPiece: onPiece)
    }

    /// Sends bytes unchanged.
    package func send(_ bytes: [UInt8]) async throws {
        try await self.outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Shuts down the sending side; answers can still be read.
    package func finishSending() async throws {
        try await self.channel.close(mode: .output)
    }

    /// Returns the next record; nil when the server closed the connection.
    package func readRecord() async throws -> FastCGIRecord? {
        while true {
            if let record = FastCGIRecord(from: &self.received) { return record }
            do {
                guard let bytes = try await self.inbound.next(isolation: #isolation) else { return nil }
                self.received += Array(bytes.readableBytesView)
            } catch is IOError {
                return nil
            }
        }
    }

    /// Reads one answer: up to END_REQUEST, or up to the end of the connection.
    package func readAnswer() async throws -> FastCGIAnswer {
        var body: [UInt8] = []
        var answer = try await self.readAnswer { _, piece in
            body += piece
            return true
        }
        answer.body = body
        return answer
    }

    private func readAnswer(
        onPiece: (FastCGIAnswer, [UInt8]) async throws -> Bool
    ) async throws -> FastCGIAnswer {
        var answer: FastCGIAnswer?
        var output: [UInt8] = []
        while let record = try await self.readRecord() {
            if record.type == 3, let status = record.content.dropFirst(4).first {
                var ended = answer ?? FastCGIAnswer(status: 0)
                ended.protocolStatus = status
                return ended
            }
            guard record.type == 6 else { continue }
            output += record.content
            if answer == nil { answer = FastCGIAnswer(standardOutput: &output) }
            if let answer, !output.isEmpty {
                guard try await onPiece(answer, output) else { return answer }
                output.removeAll(keepingCapacity: true)
            }
        }
        guard let answer else { throw ConnectionClosed() }
        return answer
    }
}
