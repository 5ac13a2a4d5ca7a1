import HTTPTypes
import NIOCore

/// The status and header fields of an answer as a CGI header block (RFC 3875, section 6).
struct ResponseHeaderBlock {
    /// Fields that the application may not set: those of a connection, and `Status`, which this type writes.
    private static let ignored: Set<String> = [
        "status", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private(set) var bytes: ByteBuffer
    /// The length of the body in bytes that the fields announce; nil when the body is streamed.
    private(set) var contentLength: Int?

    /// Creates the block of an answer.
    ///
    /// - Parameters:
    ///   - head: The status and header fields.
    ///   - isBodiless: Whether the status allows no body; then no length is announced either.
    ///   - isLast: Whether the connection is closed after this answer, which nginx must then not buffer.
    ///   - limit: The maximum length of the block, in bytes.
    /// - Throws: ``FastCGIError/responseHeaderTooLarge`` or ``FastCGIError/invalidResponseHeader``.
    init(_ head: HTTPResponse, isBodiless: Bool, isLast: Bool, limit: Int) throws(FastCGIError) {
        self.bytes = ByteBuffer()
        self.bytes.reserveCapacity(512)
        self.writeStatus(head.status)
        for field in head.headerFields {
            let name = field.name
            if Self.isIgnored(name.canonicalName) { continue }
            if isLast && name == .xAccelBuffering { continue }
            if name == .contentLength {
                if isBodiless { continue }
                guard let length = Int(field.value), length >= 0, self.contentLength ?? length == length else {
                    throw .invalidResponseHeader
                }
                if self.contentLength != nil { continue }
                self.contentLength = length
            }
            self.write(name.rawName)
            self.bytes.writeStaticString(": ")
            let isValid = field.withUnsafeBytesOfValue { value in
                self.bytes.writeBytes(value)
                return !value.contains { $0 == 0x0d || $0 == 0x0a || $0 == 0 }
            }
            guard isValid else { throw .invalidResponseHeader }
            self.bytes.writeStaticString("\r\n")
            guard self.bytes.readableBytes <= limit else { throw .responseHeaderTooLarge }
        }
        if isLast { self.bytes.writeStaticString("X-Accel-Buffering: no\r\n") }
        self.bytes.writeStaticString("\r\n")
        guard self.bytes.readableBytes <= limit else { throw .responseHeaderTooLarge }
    }

    /// Creates a block without fields, which always fits, for an answer without a body.
    init(emptyWith status: HTTPResponse.Status) {
        self.bytes = ByteBuffer()
        self.writeStatus(status)
        self.bytes.writeStaticString("Content-Length: 0\r\n\r\n")
        self.contentLength = 0
    }

    private static func isIgnored(_ name: String) -> Bool {
        switch name.utf8.count {
        case 2, 6, 7, 10, 16, 17: Self.ignored.contains(name)
        // No ignored name has this length. Checking it first avoids hashing the common names.
        default: false
        }
    }

    private mutating func writeStatus(_ status: HTTPResponse.Status) {
        self.bytes.writeStaticString("Status: ")
        self.bytes.writeString(String(status.code))
        self.bytes.writeStaticString(" ")
        self.write(status.reasonPhrase)
        self.bytes.writeStaticString("\r\n")
    }

    private mutating func write(_ text: String) {
        self.bytes.writeString(text)
    }
}

extension HTTPField.Name {
    fileprivate static let xAccelBuffering = Self("X-Accel-Buffering")
}
