extension StringProtocol {
    /// Returns whether both texts have the same bytes, ignoring the case of ASCII letters.
    ///
    /// For the words of protocols (schemes, media types, header values): `==` and `lowercased()` follow Unicode, which
    /// can be arbitrarily slow for a text from a client, and which treats different protocol words as equal.
    package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// Returns whether both texts have the same bytes.
    package func equalsBytes(of other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension UInt8 {
    /// The lowercase letter of an ASCII capital; any other byte unchanged.
    package var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
