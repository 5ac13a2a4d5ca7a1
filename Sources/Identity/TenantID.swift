/// The id of a tenant: `[a-z0-9][a-z0-9-]{0,62}`, which is safe as a folder name.
package struct TenantID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let rawValue: String

    /// Returns nil when `rawValue` does not match the grammar.
    package init?(_ rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
            bytes.allSatisfy(Self.isAllowed)
        else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (left: TenantID, right: TenantID) -> Bool { left.rawValue < right.rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
