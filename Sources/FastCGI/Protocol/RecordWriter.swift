package import NIOCore

/// Collects outgoing records, so that a whole answer leaves in one write.
///
/// Header block and body share STDOUT records as far as they fit: small pieces are copied behind each other, large ones
/// are passed on as they are. No record is longer than 65,535 bytes: a length that is cut to 16 bits would let a
/// response body pass for records.
package struct RecordWriter: Sendable {
    /// From this size on a body is not copied.
    private static let copyLimit = 16_384

    private var finished: [ByteBuffer] = []
    private var buffer = ByteBuffer()
    /// Where the header of the STDOUT record that still grows lies in `buffer`.
    private var openRecord: Int?

    package init() {}

    /// Adds bytes to the STDOUT stream of a request. Adding none adds no record: an empty one would end the stream.
    package mutating func writeStandardOutput(_ bytes: ByteBuffer, requestID: UInt16) {
        var bytes = bytes
        guard bytes.readableBytes > Self.copyLimit else {
            self.copy(&bytes, requestID: requestID)
            return
        }
        self.closeRecord()
        while let piece = bytes.readSlice(length: min(bytes.readableBytes, RecordHeader.maximumContentLength)),
            piece.readableBytes > 0
        {
            self.buffer.writeRecordHeader(
                RecordHeader(.standardOutput, requestID: requestID, contentLength: piece.readableBytes))
            self.finished.append(self.buffer)
            self.finished.append(piece)
            self.buffer = ByteBuffer()
        }
    }

    /// Ends the STDOUT stream of a request.
    package mutating func endStandardOutput(requestID: UInt16) {
        self.writeRecord(.standardOutput, requestID: requestID, content: [])
    }

    /// Ends a request; the application status is always 0.
    package mutating func writeEndRequest(requestID: UInt16, protocolStatus: ProtocolStatus) {
        self.closeRecord()
        self.buffer.writeRecordHeader(RecordHeader(.endRequest, requestID: requestID, contentLength: 8))
        self.buffer.writeMultipleIntegers(UInt32(0), UInt32(protocolStatus.rawValue) << 24)
    }

    /// Writes a record whose content is short.
    package mutating func writeRecord(_ type: RecordType, requestID: UInt16, content: [UInt8]) {
        self.closeRecord()
        self.buffer.writeRecordHeader(RecordHeader(type, requestID: requestID, contentLength: content.count))
        self.buffer.writeBytes(content)
    }

    /// The next buffer to send, in order; nil when everything was taken.
    package mutating func next() -> ByteBuffer? {
        self.closeRecord()
        if !self.finished.isEmpty { return self.finished.removeFirst() }
        guard self.buffer.readableBytes > 0 else { return nil }
        defer { self.buffer = ByteBuffer() }
        return self.buffer
    }

    private mutating func copy(_ bytes: inout ByteBuffer, requestID: UInt16) {
        while bytes.readableBytes > 0 {
            let start = self.openRecord ?? self.openRecord(requestID: requestID, expecting: bytes.readableBytes)
            let room =
                RecordHeader.maximumContentLength - (self.buffer.writerIndex - start - RecordHeader.byteCount)
            guard room > 0, var piece = bytes.readSlice(length: min(room, bytes.readableBytes)) else {
                self.closeRecord()
                continue
            }
            self.buffer.writeBuffer(&piece)
        }
    }

    private mutating func openRecord(requestID: UInt16, expecting length: Int) -> Int {
        // Room for what follows, the two records that end an answer: 8 + 16 bytes.
        self.buffer.reserveCapacity(minimumWritableBytes: RecordHeader.byteCount + length + 24)
        let start = self.buffer.writerIndex
        self.buffer.writeRecordHeader(RecordHeader(.standardOutput, requestID: requestID, contentLength: 0))
        self.openRecord = start
        return start
    }

    private mutating func closeRecord() {
        guard let start = self.openRecord else { return }
        let length = self.buffer.writerIndex - start - RecordHeader.byteCount
        self.buffer.setInteger(UInt16(truncatingIfNeeded: length), at: start + 4)
        self.openRecord = nil
    }
}
