/// Base64 with the URL alphabet and without padding (RFC 4648, section 5; RFC 7515, section 2).
package enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let invalid: UInt8 = 0xFF

    /// The six bits of each character, or `invalid`.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Array(text.utf8).withUnsafeBytes { decode($0) }
    }

    /// Every byte sequence has exactly one text: padding, white space, other alphabets, impossible lengths and non-zero
    /// spare bits give nil.
    package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        let spare = text.count % 4
        guard spare != 1 else { return nil }
        var seen: UInt8 = 0
        var last: UInt8 = 0
        let bytes = values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { buffer, written in
                var bits: UInt32 = 0
                var count = 0
                for character in text {
                    last = values[Int(character)]
                    // Valid values have six bits: any `invalid` shows in the two above them.
                    seen |= last
                    bits = bits << 6 | UInt32(last)
                    count += 6
                    if count >= 8 {
                        count -= 8
                        buffer[written] = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                        written += 1
                    }
                }
            }
        }
        guard seen < 64 else { return nil }
        switch spare {
        case 2 where last & 0b1111 != 0: return nil
        case 3 where last & 0b11 != 0: return nil
        default: return bytes
        }
    }
}
