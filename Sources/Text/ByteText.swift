/// A text that is compared and hashed by its bytes, as the key of sets and dictionaries of names from clients.
///
/// `String` compares and hashes in normalized form, which takes quadratic time for a long run of combining marks. This
/// type takes linear time.
package struct ByteText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ByteText, right: ByteText) -> Bool { left.text.equalsBytes(of: right.text) }

    package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}
