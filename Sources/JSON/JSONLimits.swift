/// What a document may cost its reader.
package struct JSONLimits: Sendable {
    /// Bytes of the whole document.
    package var size: Int
    /// Arrays and objects inside each other.
    package var depth: Int
    /// Members and elements in the whole document: each costs far more memory than its bytes.
    package var values: Int

    package init(size: Int = 1 << 20, depth: Int = 32, values: Int = 100_000) {
        self.size = size
        self.depth = depth
        self.values = values
    }

    package static let standard = JSONLimits()
}
