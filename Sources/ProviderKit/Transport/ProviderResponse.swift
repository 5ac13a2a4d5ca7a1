package import NIOCore
import NIOHTTP1

/// The response to a request: its head, and its body as it comes.
package struct ProviderResponse: Sendable {
    package let status: Int
    package let headers: ProviderHeaders
    private let exchange: ProviderExchange

    init(_ exchange: ProviderExchange) async throws {
        guard case .head(let head) = try await exchange.next() else {
            throw ProviderError(.unreachable, "the connection was closed before the answer began")
        }
        self.exchange = exchange
        status = Int(head.status.code)
        headers = ProviderHeaders(head.headers)
    }

    /// The next bytes of the body; nil at its end, or when `Silence.trailer` is over.
    package func next() async throws -> ByteBuffer? {
        guard case .body(let bytes) = try await exchange.next() else { return nil }
        return bytes
    }

    /// Starts to measure silence anew: to be called at each sign of life that means something.
    package func expect(_ silence: Silence) { exchange.expect(silence) }

    /// Nothing more is wanted, but the end is near: the connection may be used again once it has come.
    package func leaveToEnd() { exchange.discardRest() }

    /// The body up to `limit` bytes; what is beyond is never read.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        var body = ByteBuffer()
        while body.readableBytes < limit, let bytes = try await next() {
            expect(.nextEvent)
            body.writeImmutableBuffer(bytes)
        }
        return body.getSlice(at: body.readerIndex, length: min(limit, body.readableBytes)) ?? body
    }
}

/// What a silent provider is waited for, which says for how long.
package enum Silence: Sendable, Hashable {
    /// The first event of the answer: `ProviderTimeouts.firstByte`.
    case firstEvent
    /// The next one: `ProviderTimeouts.idle`.
    case nextEvent
    /// What may follow a complete answer: two seconds, and their end is not an error.
    case trailer
}
