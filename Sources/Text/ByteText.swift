/// A text that equals another only where their bytes do: the key of sets and dictionaries for names from outside.
///
/// `String` normalises to compare and to hash, which a long run of combining marks makes quadratic; this is linear.
package struct ByteText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ByteText, right: ByteText) -> Bool { left.text.equalsBytes(of: right.text) }

    package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}
