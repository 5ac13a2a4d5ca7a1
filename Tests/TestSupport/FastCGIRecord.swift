/// A record sent by a FastCGI server.
package struct FastCGIRecord: Sendable, Equatable {
    package var type: UInt8
    package var id: UInt16
    package var content: [UInt8]

    package init(type: UInt8, id: UInt16, content: [UInt8]) {
        self.type = type
        self.id = id
        self.content = content
    }

    /// Removes the first complete record from the front of some bytes.
    package init?(from bytes: inout [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let length = Int(bytes[4]) << 8 | Int(bytes[5])
        let end = 8 + length + Int(bytes[6])
        guard bytes.count >= end else { return nil }
        self.init(
            type: bytes[1], id: UInt16(bytes[2]) << 8 | UInt16(bytes[3]), content: Array(bytes[8..<8 + length]))
        bytes.removeFirst(end)
    }

    /// Returns all complete records in some bytes.
    package static func all(in bytes: [UInt8]) -> [FastCGIRecord] {
        var rest = bytes
        var records: [FastCGIRecord] = []
        while let record = FastCGIRecord(from: &rest) { records.append(record) }
        return records
    }
}
