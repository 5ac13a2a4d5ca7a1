import NIOCore

/// The body of a request that did not arrive together with its head.
///
/// `@unchecked`: the iterator is not Sendable, but the connection's task waits for the handler before it reads on, and
/// the storage behind it is locked. Hummingbird's own request body is made the same way.
struct StreamedBody: AsyncSequence, @unchecked Sendable {
    typealias Element = ByteBuffer

    let parts: NIOAsyncChannelInboundStream<ApplicationPart>.AsyncIterator

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: NIOAsyncChannelInboundStream<ApplicationPart>.AsyncIterator
        var isDone = false

        mutating func next() async throws -> ByteBuffer? {
            try await self.next(isolation: nil)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ByteBuffer? {
            if self.isDone { return nil }
            switch try await self.parts.next(isolation: actor) {
            case .body(let bytes):
                return bytes
            case .end:
                self.isDone = true
                return nil
            case .failed(let error):
                self.isDone = true
                throw error
            case .request, nil:
                // The connection is gone: this is never the end of a body.
                self.isDone = true
                throw FastCGIError.bodyTruncated
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: self.parts)
    }
}
