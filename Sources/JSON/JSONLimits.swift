/// What a document may cost its reader.
package struct JSONLimits: Sendable {
    /// Bytes of the whole document.
    package var size: Int
    /// Arrays and objects inside each other.
    package var depth: Int
    /// Members and elements in the whole document: each costs far more memory than its bytes.
    package var values: Int
    /// Whether a member may occur again with the value that it has, or with one in place of null. Any other repetition is
    /// always an error.
    package var allowsRepeats: Bool

    package init(size: Int = 1 << 20, depth: Int = 32, values: Int = 100_000, allowsRepeats: Bool = false) {
        self.size = size
        self.depth = depth
        self.values = values
        self.allowsRepeats = allowsRepeats
    }

    package static let standard = JSONLimits()
}
