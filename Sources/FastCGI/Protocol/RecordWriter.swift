package import NIOCore

/// A buffer of outgoing records, so that a complete answer is sent with one write.
///
/// The header block and the body share STDOUT records as far as they fit: small parts are copied, large ones are passed
/// on without a copy. No record is longer than 65,535 bytes: if a length were truncated to 16 bits, the rest of the
/// body would be read as records.
package struct RecordWriter: Sendable {
    /// The length from which a body is passed on without a copy, in bytes.
    private static let copyLimit = 16_384

    private var finished: [ByteBuffer] = []
    private var buffer = ByteBuffer()
    /// The index in `buffer` of the header of the STDOUT record that can still grow.
    private var openRecord: Int?

    package init() {}

    /// Appends bytes to the STDOUT stream of a request. Empty bytes write no record: an empty record would end the
    /// stream.
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

    /// Writes a record with short content.
    package mutating func writeRecord(_ type: RecordType, requestID: UInt16, content: [UInt8]) {
        self.closeRecord()
        self.buffer.writeRecordHeader(RecordHeader(type, requestID: requestID, contentLength: content.count))
        self.buffer.writeBytes(content)
    }

    /// Removes and returns the next buffer to send, or nil when there is none.
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
        // Reserves room for the two records that end an answer: 8 + 16 bytes.
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
