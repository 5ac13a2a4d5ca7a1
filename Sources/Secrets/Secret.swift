/// Bytes that must not leave the process by accident: whatever prints, dumps or reflects a `Secret` sees `<redacted>`.
package struct Secret: Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// The UTF-8 bytes of a text.
    package init(utf8 text: some StringProtocol) { bytes = Array(text.utf8) }

    package var count: Int { bytes.count }

    /// The text itself, for the one place that sends it. Bytes that are no UTF-8 are replaced.
    package func revealed() -> String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes themselves, for the one place that stores them.
    package func revealedBytes() -> [UInt8] { bytes }

    package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try bytes.withUnsafeBufferPointer { buffer throws(E) in try body(UnsafeRawBufferPointer(buffer)) }
    }
}

extension Secret: Equatable {
    /// Takes the same time wherever the bytes differ; only a difference in length shows.
    package static func == (left: Secret, right: Secret) -> Bool { left.bytes.isEqualInConstantTime(to: right.bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
