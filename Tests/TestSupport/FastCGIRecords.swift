/// FastCGI records as bytes, written independently of the library under test.
package enum FastCGIRecords {
    /// Returns one record; content and padding are written as given, even if they are invalid.
    package static func record(
        _ type: UInt8, id: UInt16 = 1, _ content: [UInt8] = [], padding: [UInt8] = [], version: UInt8 = 1
    ) -> [UInt8] {
        let length = content.count
        return [
            version, type, UInt8(id >> 8), UInt8(id & 255), UInt8(length >> 8), UInt8(length & 255),
            UInt8(padding.count), 0,
        ] + content + padding
    }

    package static func begin(id: UInt16 = 1, role: UInt16 = 1, flags: UInt8 = 1) -> [UInt8] {
        self.record(1, id: id, [UInt8(role >> 8), UInt8(role & 255), flags, 0, 0, 0, 0, 0])
    }

    package static func abort(id: UInt16 = 1) -> [UInt8] { self.record(2, id: id) }

    /// Returns a PARAMS stream: records of at most 65,535 bytes, then the empty one.
    package static func parameters(_ pairs: [(String, String)], id: UInt16 = 1) -> [UInt8] {
        self.stream(4, pairs.flatMap { self.pair($0.0, $0.1) }, id: id)
    }

    /// Returns a STDIN stream in records of the given size, then the empty one.
    package static func standardInput(_ body: [UInt8] = [], id: UInt16 = 1, pieces: Int = 32_768) -> [UInt8] {
        self.stream(5, body, id: id, pieces: pieces)
    }

    /// Returns one name-value pair.
    package static func pair(_ name: String, _ value: String) -> [UInt8] {
        self.length(name.utf8.count) + self.length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
    }

    /// Returns a length in its shortest form, or in four bytes.
    package static func length(_ count: Int, long: Bool = false) -> [UInt8] {
        if count < 128 && !long { return [UInt8(count)] }
        return [UInt8(count >> 24 & 127 | 128), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    /// Returns a whole request: BEGIN, PARAMS and STDIN.
    package static func request(
        _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8] = [],
        parameters: [(String, String)] = [], id: UInt16 = 1, keepsConnection: Bool = true
    ) -> [UInt8] {
        let all = self.requestParameters(method, target, headers: headers, length: body.count) + parameters
        return self.begin(id: id, flags: keepsConnection ? 1 : 0) + self.parameters(all, id: id)
            + self.standardInput(body, id: id)
    }

    /// Returns the parameters that nginx sends with Debian's `fastcgi_params`, as far as a responder uses them.
    package static func requestParameters(
        _ method: String, _ target: String, headers: [(String, String)] = [], length: Int? = 0
    ) -> [(String, String)] {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var pairs = [
            ("QUERY_STRING", parts.count > 1 ? String(parts[1]) : ""),
            ("REQUEST_METHOD", method),
            ("CONTENT_LENGTH", length.map { $0 == 0 ? "" : String($0) } ?? ""),
            ("SCRIPT_NAME", self.percentDecoded(parts.first ?? "/")),
            ("REQUEST_URI", target),
            ("REMOTE_ADDR", "192.0.2.1"),
        ]
        for (name, value) in headers {
            let isContentType = name.lowercased() == "content-type"
            let parameter = name.uppercased().map { $0 == "-" ? "_" : $0 }
            pairs.append((isContentType ? "CONTENT_TYPE" : "HTTP_" + String(parameter), value))
        }
        return pairs
    }

    private static func stream(_ type: UInt8, _ bytes: [UInt8], id: UInt16, pieces: Int = 65_535) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / pieces * 8 + 16)
        var rest = bytes[...]
        while !rest.isEmpty {
            result += self.record(type, id: id, Array(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        return result + self.record(type, id: id)
    }

    private static func percentDecoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let decoded = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
