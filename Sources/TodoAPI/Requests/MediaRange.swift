import Text

/// A media type or range in a header field (RFC 9110, section 12.5.1), in lower case and without white space.
struct MediaRange {
    /// The type, for example `application/json`.
    let type: String
    /// The parameters, for example `q=0`.
    let parameters: [String]

    /// Returns nil for text that is not ASCII or longer than any media type.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 255, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: ";")).map { part in
            String(
                decoding: part.lazy.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
                    .map(\.lowercasedASCII), as: UTF8.self)
        }
        guard let type = parts.first, !type.isEmpty else { return nil }
        self.type = type
        parameters = Array(parts.dropFirst())
    }
}
