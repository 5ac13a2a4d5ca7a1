import Text

/// Encoding of the path, which the web server decoded, and of the query, which it left raw.
enum RequestTarget {
    /// Percent-encodes SCRIPT_NAME, so that a decoded `?`, `%` or `#` cannot become syntax.
    static func path(_ decoded: UnsafeRawBufferPointer) throws(FastCGIError) -> String {
        guard decoded.first == UInt8(ascii: "/"), !decoded.contains(where: \.isControl) else { throw .invalidPath }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .invalidPath }
        guard decoded.contains(where: { !$0.isPathByte }) else { return text }
        return PercentEncoding.encode(decoded, leaving: \.isPathByte)
    }

    /// Returns QUERY_STRING with all bytes percent-encoded that a URI may not contain.
    static func query(_ raw: UnsafeRawBufferPointer) throws(FastCGIError) -> String {
        guard !raw.contains(where: { $0.isControl || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "#") }) else {
            throw .invalidQuery
        }
        guard raw.contains(where: { $0 >= 0x80 }) else { return String(decoding: raw, as: UTF8.self) }
        return PercentEncoding.encode(raw) { $0 < 0x80 }
    }
}

extension UInt8 {
    fileprivate var isControl: Bool { self < 0x20 || self == 0x7f }

    /// Whether the byte is a `pchar` or `/` (RFC 3986, section 3.3).
    fileprivate var isPathByte: Bool {
        switch self {
        case UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: isUnreserved
        }
    }
}
