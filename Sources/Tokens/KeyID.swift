package import Secrets

/// The id of a signing key, the `kid` of a token's header: `[A-Za-z0-9_-]{1,64}`, which is safe as a file name.
package struct KeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let rawValue: String

    /// Returns nil when `rawValue` does not match the grammar.
    package init?(_ rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...64).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: String) { self.rawValue = rawValue }

    /// Returns a new id of 96 random bits.
    package static func random() throws(SecretsError) -> KeyID {
        while true {
            let text = Base64URL.encode(try RandomBytes.generate(12))
            // An id with a leading hyphen would be parsed as an option: `steward key revoke acme -h…` would print the
            // help.
            if text.first != "-" { return KeyID(unchecked: text) }
        }
    }

    package var description: String { rawValue }

    package static func < (left: KeyID, right: KeyID) -> Bool { left.rawValue < right.rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
