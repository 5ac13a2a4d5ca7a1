/// Percent-encoding (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Encodes one segment of a path: all but the unreserved characters.
    package static func segment(_ text: String) -> String {
        var text = text
        return text.withUTF8 { encode(UnsafeRawBufferPointer($0), leaving: \.isUnreserved) }
    }

    /// Encodes all bytes but those that `isPlain` accepts, which must be ASCII.
    package static func encode(_ bytes: UnsafeRawBufferPointer, leaving isPlain: (UInt8) -> Bool) -> String {
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
    /// Whether the byte is an unreserved character (RFC 3986, section 2.3).
    package var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
