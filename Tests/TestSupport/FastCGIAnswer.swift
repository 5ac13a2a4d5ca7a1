/// The answer of a FastCGI server to one request.
package struct FastCGIAnswer: Sendable, Equatable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// The protocol status of END_REQUEST; nil when the connection closed without one.
    package var protocolStatus: UInt8?

    package var text: String { String(decoding: self.body, as: UTF8.self) }

    /// The first value of a header field.
    package subscript(name: String) -> String? {
        self.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.status == right.status && left.body == right.body && left.protocolStatus == right.protocolStatus
            && left.headers.map(\.name) == right.headers.map(\.name)
            && left.headers.map(\.value) == right.headers.map(\.value)
    }

    /// Creates an answer without a header block.
    package init(status: Int) {
        self.status = status
        self.headers = []
        self.body = []
    }

    /// Removes the header block from the front of STDOUT; returns nil while it is incomplete.
    package init?(standardOutput: inout [UInt8]) {
        let separator = Array("\r\n\r\n".utf8)
        guard
            let end = standardOutput.indices.first(where: {
                standardOutput[$0...].prefix(4).elementsEqual(separator)
            })
        else { return nil }
        self.status = 200
        self.headers = []
        for line in String(decoding: standardOutput[..<end], as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
            if parts[0] == "Status" {
                self.status = Int(value.prefix(3)) ?? 0
            } else {
                self.headers.append((String(parts[0]), String(value)))
            }
        }
        standardOutput.removeFirst(end + 4)
        self.body = []
    }
}
