/// The id of a user, given by the issuer of tokens: 1 to 128 of `[A-Za-z0-9._~@|:+=-]`. Never used as a path.
package struct UserID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let rawValue: String

    /// Returns nil when `rawValue` does not match the grammar.
    package init?(_ rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...128).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (left: UserID, right: UserID) -> Bool { left.rawValue < right.rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "@"), UInt8(ascii: "|"),
            UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
