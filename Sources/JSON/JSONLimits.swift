/// Limits on the size and structure of a document.
package struct JSONLimits: Sendable {
    /// The maximum length of the document, in bytes.
    package var size: Int
    /// The maximum nesting depth of arrays and objects.
    package var depth: Int
    /// The maximum number of members and elements in the document: each takes far more memory than its bytes.
    package var values: Int
    /// Whether a member may be repeated with the same value, or with a value in place of null. Any other repetition is
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
