import HTTPTypes
import NIOCore

extension RequestHead {
    /// Creates the head of a request from decoded parameters.
    init(_ decoder: ParameterDecoder) throws(FastCGIError) {
        let base = decoder.bytes.readerIndex
        let result: Result<RequestHead, FastCGIError> = decoder.bytes.withUnsafeReadableBytes { bytes in
            var fields = Fields(longestPath: decoder.limits.pathBytes)
            do throws(FastCGIError) {
                // A duplicate parameter of the web server is refused, because the two sides might use different values.
                // Names are compared by their hash; different names have the same hash in less than one of 10^14
                // requests.
                var hashes: [Int] = []
                hashes.reserveCapacity(decoder.pairs.count)
                for pair in decoder.pairs {
                    let name = UnsafeRawBufferPointer(
                        rebasing: bytes[pair.name.lowerBound - base..<pair.name.upperBound - base])
                    let value = UnsafeRawBufferPointer(
                        rebasing: bytes[pair.value.lowerBound - base..<pair.value.upperBound - base])
                    if name.starts(with: "HTTP_") {
                        try fields.addHeader(UnsafeRawBufferPointer(rebasing: name.dropFirst(5)), value: value)
                    } else {
                        var hasher = Hasher()
                        hasher.combine(bytes: name)
                        let hash = hasher.finalize()
                        guard !hashes.contains(hash) else { throw .duplicateParameter }
                        hashes.append(hash)
                        try fields.addParameter(name, value: value)
                    }
                }
                return .success(try fields.makeHead(parameters: FastCGIParameters(decoder)))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }
}

/// The fields collected from the parameters.
private struct Fields {
    /// Header fields that are not passed on: those of one connection only (`Connection: close` from a client must not
    /// close the web server's kept connection), those that parameters of the web server replace, and `Proxy` (httpoxy).
    private static let ignored: Set<String> = [
        "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy", "proxy-connection",
        "proxy-authenticate", "proxy-authorization", "content-length", "content-type",
    ]

    /// The maximum length of a method, in bytes: twice the longest registered one.
    private static let longestMethod = 40

    private let longestPath: Int
    var method: HTTPRequest.Method?
    var path: String?
    var query = ""
    var contentLength: Int?
    var contentType: UnsafeRawBufferPointer?
    var isHTTPS = false
    var authority: String?
    var headers = HTTPFields()

    init(longestPath: Int) {
        self.longestPath = longestPath
        self.headers.reserveCapacity(16)
    }

    mutating func addParameter(
        _ name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer
    ) throws(FastCGIError) {
        if value.contains(0) { throw .invalidHeader }
        if name.equals("REQUEST_METHOD") {
            guard value.count <= Self.longestMethod,
                let method = HTTPRequest.Method(String(decoding: value, as: UTF8.self))
            else { throw .invalidMethod }
            self.method = method
        } else if name.equals("SCRIPT_NAME") {
            guard value.count <= self.longestPath else { throw .pathTooLong }
            self.path = try RequestTarget.path(value)
        } else if name.equals("QUERY_STRING") {
            self.query = try RequestTarget.query(value)
        } else if name.equals("CONTENT_LENGTH") {
            self.contentLength = try Self.contentLength(value)
        } else if name.equals("CONTENT_TYPE") {
            self.contentType = value
        } else if name.equals("HTTPS") {
            self.isHTTPS = value.equals("on") || value.equals("1")
        }
    }

    mutating func addHeader(_ name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) throws(FastCGIError) {
        // Checked before any lookup: a name must be a token (RFC 9110, section 5.6.2).
        guard name.count > 0, name.allSatisfy(\.isTokenByte) else { throw .invalidHeader }
        let lowercased = String(unsafeUninitializedCapacity: name.count) { target in
            for (index, byte) in name.enumerated() { target[index] = byte.asHeaderNameByte }
            return name.count
        }
        if Self.ignored.contains(lowercased) { return }
        if value.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }) { throw .invalidHeader }
        if lowercased == "host" {
            guard self.authority == nil else { throw .duplicateParameter }
            self.authority = String(decoding: value, as: UTF8.self)
            return
        }
        guard let field = HTTPField.Name(parsed: lowercased) else { throw .invalidHeader }
        if field == .authorization && self.headers.contains(.authorization) { throw .duplicateParameter }
        self.headers.append(HTTPField(name: field, value: value))
    }

    mutating func makeHead(parameters: FastCGIParameters) throws(FastCGIError) -> RequestHead {
        guard let method else { throw .invalidMethod }
        guard let path else { throw .invalidPath }
        if let contentType, contentType.count > 0 {
            if contentType.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }) { throw .invalidHeader }
            self.headers.append(HTTPField(name: .contentType, value: contentType))
        }
        if let contentLength { self.headers.append(HTTPField(name: .contentLength, value: String(contentLength))) }
        let request = HTTPRequest(
            method: method, scheme: self.isHTTPS ? "https" : "http", authority: self.authority,
            path: self.query.isEmpty ? path : "\(path)?\(self.query)", headerFields: self.headers)
        return RequestHead(request: request, parameters: parameters, contentLength: self.contentLength)
    }

    /// Parses CONTENT_LENGTH, digits only; nil when it is empty, as nginx sends it for a body of unknown length.
    private static func contentLength(_ value: UnsafeRawBufferPointer) throws(FastCGIError) -> Int? {
        guard value.count > 0 else { return nil }
        var length = 0
        for byte in value {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { throw .invalidContentLength }
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw .invalidContentLength }
            length = sum
        }
        return length
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func starts(with text: StaticString) -> Bool {
        guard self.count >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[index] != text.utf8Start[index] { return false }
        return true
    }

    fileprivate func equals(_ text: StaticString) -> Bool {
        self.count == text.utf8CodeUnitCount && self.starts(with: text)
    }
}

extension UInt8 {
    /// Whether the byte may occur in a token (RFC 9110, section 5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"),
            UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// The byte of a header field's name for a byte of a CGI name: `USER_AGENT` becomes `user-agent`.
    fileprivate var asHeaderNameByte: UInt8 {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self | 0x20
        case UInt8(ascii: "_"): UInt8(ascii: "-")
        default: self
        }
    }
}
