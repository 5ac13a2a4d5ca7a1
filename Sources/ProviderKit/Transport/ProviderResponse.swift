package import NIOCore
import NIOHTTP1

/// The response to a request: its head, and its body as it arrives.
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

    /// Returns the next bytes of the body; nil at its end, or when `Silence.trailer` has passed.
    package func next() async throws -> ByteBuffer? {
        guard case .body(let bytes) = try await exchange.next() else { return nil }
        return bytes
    }

    /// Restarts the measurement of silence; called at each event that belongs to the answer.
    package func expect(_ silence: Silence) { exchange.expect(silence) }

    /// Discards the rest of the body, so that the connection can be reused when its end arrives soon.
    package func leaveToEnd() { exchange.discardRest() }

    /// Returns the body up to `limit` bytes; the rest is not read.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        var body = ByteBuffer()
        while body.readableBytes < limit, let bytes = try await next() {
            expect(.nextEvent)
            body.writeImmutableBuffer(bytes)
        }
        return body.getSlice(at: body.readerIndex, length: min(limit, body.readableBytes)) ?? body
    }
}

/// The part of an answer that is waited for, which determines the time limit.
package enum Silence: Sendable, Hashable {
    /// The first event of the answer: `ProviderTimeouts.firstByte`.
    case firstEvent
    /// The next event: `ProviderTimeouts.idle`.
    case nextEvent
    /// The rest after a complete answer: two seconds, after which it ends without an error.
    case trailer
}
