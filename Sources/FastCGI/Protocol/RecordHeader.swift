package import NIOCore

/// The header of a record, eight bytes (FastCGI 1.0, section 3.3).
package struct RecordHeader: Equatable, Sendable {
    package static let byteCount = 8
    package static let version: UInt8 = 1
    /// The maximum length of a record's content, in bytes; longer output must be split.
    package static let maximumContentLength = 65_535

    package var type: UInt8
    package var requestID: UInt16
    package var contentLength: Int
    package var paddingLength: Int

    package init(type: UInt8, requestID: UInt16, contentLength: Int, paddingLength: Int = 0) {
        self.type = type
        self.requestID = requestID
        self.contentLength = contentLength
        self.paddingLength = paddingLength
    }

    package init(_ type: RecordType, requestID: UInt16, contentLength: Int) {
        self.init(type: type.rawValue, requestID: requestID, contentLength: contentLength)
    }

    /// The header as one big-endian word: version, type, request id, content length, padding length, reserved.
    var word: UInt64 {
        UInt64(Self.version) << 56 | UInt64(self.type) << 48 | UInt64(self.requestID) << 32
            | UInt64(UInt16(truncatingIfNeeded: self.contentLength)) << 16
            | UInt64(UInt8(truncatingIfNeeded: self.paddingLength)) << 8
    }

    init(word: UInt64) {
        self.type = UInt8(truncatingIfNeeded: word >> 48)
        self.requestID = UInt16(truncatingIfNeeded: word >> 32)
        self.contentLength = Int(UInt16(truncatingIfNeeded: word >> 16))
        self.paddingLength = Int(UInt8(truncatingIfNeeded: word >> 8))
    }
}

extension ByteBuffer {
    @discardableResult
    package mutating func writeRecordHeader(_ header: RecordHeader) -> Int {
        self.writeInteger(header.word)
    }
}
