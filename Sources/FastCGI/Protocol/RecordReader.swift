package import NIOCore

/// A parser that splits a stream of bytes into fragments of records.
///
/// Content is returned as it arrives. At most an incomplete header (seven bytes) is buffered.
package struct RecordReader: Sendable {
    /// A part of one record's content. An empty record is one empty fragment.
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

    /// Appends bytes read from the connection.
    package mutating func append(_ bytes: ByteBuffer) {
        if self.input.readableBytes == 0 {
            self.input = bytes
        } else {
            self.input.writeImmutableBuffer(bytes)
        }
    }

    /// Removes and returns the next fragment, or nil when more bytes are needed.
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
        // The first byte distinguishes FastCGI from HTTP and TLS: no need to wait for seven more.
        guard let version = self.input.getInteger(at: self.input.readerIndex, as: UInt8.self) else { return nil }
        guard version == RecordHeader.version else { throw .unsupportedVersion }
        return self.input.readInteger(as: UInt64.self).map(RecordHeader.init(word:))
    }
}
