package import NIOCore

extension ByteBuffer {
    /// Whether the content begins like a JSON object or array. Other events are misplaced keep-alives.
    package var beginsJSON: Bool {
        let first = readableBytesView.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
