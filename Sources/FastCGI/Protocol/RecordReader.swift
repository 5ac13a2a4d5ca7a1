package import NIOCore

/// Cuts a stream of bytes into pieces of records, wherever the reads happened to split it.
///
/// Content is handed on as it arrives, so nothing but an incomplete header (seven bytes) is ever held back here.
package struct RecordReader: Sendable {
    /// A piece of one record's content; an empty record is one empty piece.
    package struct Fragment: Sendable {
        package var header: RecordHeader
        package var content: ByteBuffer
        package var isFirst: Bool
        package var isLast: Bool
    }

    private var input = ByteBuffer()
    private var header: RecordHeader?
    private var contentLeft = 0
    private var paddingLeft = 0

    package init() {}

    /// Adds bytes that were read from the connection.
    package mutating func append(_ bytes: ByteBuffer) {
        if self.input.readableBytes == 0 {
            self.input = bytes
        } else {
            self.input.writeImmutableBuffer(bytes)
        }
    }

    /// The next piece, or nil when more bytes are needed.
    package mutating func next() throws(FastCGIError) -> Fragment? {
        self.skipPadding()
        guard self.paddingLeft == 0 else { return nil }

        let isFirst = self.header == nil
        if isFirst {
            self.header = try self.readHeader()
            self.contentLeft = self.header?.contentLength ?? 0
        }
        guard let header = self.header else { return nil }
        let length = min(self.contentLeft, self.input.readableBytes)
        if length == 0 && self.contentLeft > 0 && !isFirst { return nil }

        let content = self.input.readSlice(length: length) ?? ByteBuffer()
        self.contentLeft -= length
        let isLast = self.contentLeft == 0
        if isLast {
            self.header = nil
            self.paddingLeft = header.paddingLength
        }
        return Fragment(header: header, content: content, isFirst: isFirst, isLast: isLast)
    }

    private mutating func skipPadding() {
        let length = min(self.paddingLeft, self.input.readableBytes)
        self.input.moveReaderIndex(forwardBy: length)
        self.paddingLeft -= length
    }

    private mutating func readHeader() throws(FastCGIError) -> RecordHeader? {
        // The first byte already tells FastCGI from HTTP or TLS: no need to wait for seven more.
        guard let version = self.input.getInteger(at: self.input.readerIndex, as: UInt8.self) else { return nil }
        guard version == RecordHeader.version else { throw .unsupportedVersion }
        return self.input.readInteger(as: UInt64.self).map(RecordHeader.init(word:))
    }
}
