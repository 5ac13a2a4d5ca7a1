extension StringProtocol {
    /// Whether both texts have the same bytes, ASCII letters taken as equal in either case.
    ///
    /// For the words of protocols (schemes, media types, header values): `==` and `lowercased()` normalise by Unicode's
    /// rules, which a text from outside can make arbitrarily slow, and which take for equal what a protocol does not.
    package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// Whether both texts have the same bytes.
    package func equalsBytes(of other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension UInt8 {
    /// The small letter of an ASCII capital; every other byte as it is.
    package var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
