package import NIOCore

extension ByteBuffer {
    /// Whether it begins as a JSON object or array does. What else an event may hold is nobody's answer: keep-alives in
    /// the wrong place.
    package var beginsJSON: Bool {
        let first = readableBytesView.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
