import HTTPTypes
import NIOCore

/// The status and header fields of an answer as a CGI header block.
struct ResponseHeaderBlock {
    /// What concerns a connection is not the application's to say here, and `Status` is our own line.
    private static let ignored: Set<String> = [
        "status", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private(set) var bytes: ByteBuffer
    /// The length that the fields announce; nil when the body is streamed.
    private(set) var contentLength: Int?

    /// - Parameters:
    ///   - isBodiless: that the status allows no body, so that a length is not announced either.
    ///   - isLast: that the connection is retired, for which nginx must not buffer.
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

    /// A block that always fits, for an answer without a body.
    init(emptyWith status: HTTPResponse.Status) {
        self.bytes = ByteBuffer()
        self.writeStatus(status)
        self.bytes.writeStaticString("Content-Length: 0\r\n\r\n")
        self.contentLength = 0
    }

    private static func isIgnored(_ name: String) -> Bool {
        switch name.utf8.count {
        case 2, 6, 7, 10, 16, 17: Self.ignored.contains(name)
        // No name of that set is so long: spares hashing the usual ones.
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
