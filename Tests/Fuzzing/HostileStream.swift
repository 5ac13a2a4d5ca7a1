/// An answer that is expensive to decode: each kind repeats one small part.
package struct HostileStream: Sendable, CustomStringConvertible {
    package enum Format: Sendable {
        case chatCompletions, messages
    }

    package let format: Format
    package let description: String
    /// The part before the repetitions.
    private let start: String
    /// The repeated part; the argument counts the repetitions.
    private let piece: @Sendable (Int) -> String

    init(_ format: Format, _ description: String, start: String = "", _ piece: @escaping @Sendable (Int) -> String) {
        self.format = format
        self.description = description
        self.start = start
        self.piece = piece
    }

    /// Returns about `size` bytes of the stream.
    package func bytes(_ size: Int) -> [UInt8] {
        var bytes = Array(start.utf8)
        bytes.reserveCapacity(size + size / 4)
        var count = 0
        while bytes.count < size {
            bytes += piece(count).utf8
            count += 1
        }
        return bytes
    }
}
