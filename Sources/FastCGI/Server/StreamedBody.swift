import NIOCore

/// The body of a request that did not arrive together with its head.
struct StreamedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let inbox: ApplicationInbox

    struct AsyncIterator: AsyncIteratorProtocol {
        let inbox: ApplicationInbox
        var isDone = false

        mutating func next() async throws -> ByteBuffer? {
            if self.isDone { return nil }
            switch await self.inbox.nextUnlessCancelled() {
            case .body(let bytes):
                return bytes
            case .end:
                self.isDone = true
                return nil
            case .failed(let error):
                self.isDone = true
                throw error
            case .request, nil:
                // The connection is gone or the task was cancelled, which must not look like the end of the body.
                self.isDone = true
                throw FastCGIError.bodyTruncated
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(inbox: self.inbox)
    }
}
