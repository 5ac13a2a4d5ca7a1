extension String {
    /// Returns whether both texts have the same bytes.
    package func equalsBytes(of other: String) -> Bool {
        let count = utf8.count
        guard count == other.utf8.count else { return false }
        // Short texts are normalized quickly, and most names are ASCII, which needs no normalization: this tells most
        // different texts apart at a fifth of the cost.
        if count < 16, self != other { return false }
        return withBytes { left in other.withBytes { right in left.elementsEqual(right) } }
    }

    /// Returns whether the bytes of this text begin with those of `other`.
    package func startsWithBytes(of other: String) -> Bool {
        utf8.count >= other.utf8.count && withBytes { left in other.withBytes { right in left.starts(with: right) } }
    }

    /// Returns whether the bytes of `other` occur in this text.
    package func containsBytes(of other: String) -> Bool {
        withBytes { text in
            other.withBytes { other in
                guard let first = other.first else { return true }
                guard text.count >= other.count else { return false }
                return (0...(text.count - other.count)).contains { start in
                    text[start] == first && text[start..<(start + other.count)].elementsEqual(other)
                }
            }
        }
    }

    /// The text with ASCII capitals replaced by lowercase letters.
    package var lowercasedASCII: String { String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self) }

    /// Returns whether the bytes of this text sort before those of `other`, which is the order of Unicode scalars.
    package func precedesBytes(of other: String) -> Bool {
        withBytes { left in other.withBytes { right in left.lexicographicallyPrecedes(right) } }
    }

    /// Adds the bytes and a terminator to a hash.
    package func hashBytes(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// Whether every character is ASCII.
    package var isASCII: Bool { withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } } }

    /// Whether every character is visible ASCII (0x21 to 0x7E), as in the words of protocols.
    package var isVisibleASCII: Bool { withBytes { bytes in bytes.allSatisfy { (0x21...0x7E).contains($0) } } }

    /// Returns the text if it can be a word of a protocol, ASCII and at most `limit` bytes; otherwise nil. Comparing
    /// such a word is never slow.
    package func word(limit: Int = 64) -> String? { utf8.count <= limit && isASCII ? self : nil }

    /// Returns the longest prefix of at most `limit` bytes that ends between two scalars.
    package func prefix(bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        return withBytes { bytes in
            var end = max(0, limit)
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            return String(decoding: bytes[..<end], as: UTF8.self)
        }
    }

    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}
