/// Bytes that must not be disclosed: printing, dumping or reflecting a `Secret` shows `<redacted>`.
package struct Secret: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Creates a secret from the UTF-8 bytes of a text.
    package init(utf8 text: some StringProtocol) { bytes = Array(text.utf8) }

    package var count: Int { bytes.count }

    /// Returns the text, for the one place that sends it. Invalid UTF-8 is replaced.
    package func revealed() -> String { String(decoding: bytes, as: UTF8.self) }

    /// Returns the bytes, for the one place that stores them.
    package func revealedBytes() -> [UInt8] { bytes }

    package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try bytes.withUnsafeBufferPointer { buffer throws(E) in try body(UnsafeRawBufferPointer(buffer)) }
    }
}

extension Secret: Equatable {
    /// Compares in a time that does not depend on where the bytes differ. Only a difference in length shows.
    package static func == (left: Secret, right: Secret) -> Bool { left.bytes.isEqualInConstantTime(to: right.bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
