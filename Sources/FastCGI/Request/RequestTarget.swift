/// Encoding of the path, which the web server decoded, and of the query, which it left raw.
enum RequestTarget {
    /// Percent-encodes SCRIPT_NAME, so that a decoded `?`, `%` or `#` cannot become syntax.
    static func path(_ decoded: UnsafeRawBufferPointer) throws(FastCGIError) -> String {
        guard decoded.first == UInt8(ascii: "/"), !decoded.contains(where: \.isControl) else { throw .invalidPath }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .invalidPath }
        guard decoded.contains(where: { !$0.isPathByte }) else { return text }
        return Self.percentEncode(decoded, leaving: \.isPathByte)
    }

    /// Returns QUERY_STRING with all bytes percent-encoded that a URI may not contain.
    static func query(_ raw: UnsafeRawBufferPointer) throws(FastCGIError) -> String {
        guard !raw.contains(where: { $0.isControl || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "#") }) else {
            throw .invalidQuery
        }
        guard raw.contains(where: { $0 >= 0x80 }) else { return String(decoding: raw, as: UTF8.self) }
        return Self.percentEncode(raw) { $0 < 0x80 }
    }

    private static func percentEncode(_ bytes: UnsafeRawBufferPointer, leaving isPlain: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 3) { target in
            var length = 0
            for byte in bytes {
                if isPlain(byte) {
                    target[length] = byte
                    length += 1
                } else {
                    target[length] = UInt8(ascii: "%")
                    target[length + 1] = digits[Int(byte >> 4)]
                    target[length + 2] = digits[Int(byte & 15)]
                    length += 3
                }
            }
            return length
        }
    }
}

extension UInt8 {
    fileprivate var isControl: Bool { self < 0x20 || self == 0x7f }

    /// Whether the byte is a `pchar` or `/` (RFC 3986, section 3.3).
    fileprivate var isPathByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: false
        }
    }
}
