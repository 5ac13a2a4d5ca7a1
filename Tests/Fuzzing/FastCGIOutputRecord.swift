/// A record sent by a connection.
struct FastCGIOutputRecord: Equatable {
    var type: UInt8
    var id: UInt16
    var content: [UInt8]

    /// Removes a record from the front; returns nil when there is none.
    init?(takingFrom bytes: inout ArraySlice<UInt8>) {
        let header = Array(bytes.prefix(8))
        guard header.count == 8, header[0] == 1, header[6] == 0, header[7] == 0 else { return nil }
        let length = Int(header[4]) << 8 | Int(header[5])
        guard bytes.count >= 8 + length else { return nil }
        self.type = header[1]
        self.id = UInt16(header[2]) << 8 | UInt16(header[3])
        self.content = Array(bytes.dropFirst(8).prefix(length))
        bytes = bytes.dropFirst(8 + length)
    }

    /// The number of answers that begin in this record.
    var statusLines: Int {
        String(decoding: self.content, as: UTF8.self).split(separator: "Status: ", omittingEmptySubsequences: false)
            .count - 1
    }
}
