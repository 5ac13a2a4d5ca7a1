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

    /// Decodes text strictly, so that every byte sequence has exactly one text: padding, white space, other alphabets,
    /// impossible lengths and non-zero spare bits return nil.
    package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        let spare = text.count % 4
        guard spare != 1 else { return nil }
        var seen: UInt8 = 0
        var last: UInt8 = 0
        let bytes = values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { buffer, written in
                // Valid values have six bits, so `invalid` shows in the upper two.
                func bits(_ index: Int) -> UInt32 {
                    last = values[Int(text[index])]
                    seen |= last
                    return UInt32(last)
                }
                let whole = text.count - spare
                for start in stride(from: 0, to: whole, by: 4) {
                    let group = bits(start) << 18 | bits(start + 1) << 12 | bits(start + 2) << 6 | bits(start + 3)
                    buffer[written] = UInt8(truncatingIfNeeded: group >> 16)
                    buffer[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
                    buffer[written + 2] = UInt8(truncatingIfNeeded: group)
                    written += 3
                }
                if spare >= 2 {
                    var group = bits(whole) << 18 | bits(whole + 1) << 12
                    buffer[written] = UInt8(truncatingIfNeeded: group >> 16)
                    if spare == 3 {
                        group |= bits(whole + 2) << 6
                        buffer[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
                    }
                    written += spare - 1
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
