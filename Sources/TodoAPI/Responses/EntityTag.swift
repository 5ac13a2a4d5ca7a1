import HTTPTypes
import Hummingbird

/// The entity tag of a task, with its version: `"3"`.
struct EntityTag {
    let version: Int

    init(version: Int) { self.version = version }

    /// Parses a strong entity tag of this server; nil for all others.
    init?(_ text: some StringProtocol) {
        // Two quotes and the digits of the largest number.
        guard text.utf8.count <= 21, text.utf8.allSatisfy({ $0 < 0x80 }), text.first == "\"", text.last == "\"",
            let version = Int(text.dropFirst().dropLast())
        else { return nil }
        self.version = version
        guard self.text == text else { return nil }
    }

    var text: String { "\"\(version)\"" }
}

extension Request {
    /// The versions allowed by `If-Match`; nil when it is absent or allows any (`*`).
    ///
    /// A tag that is weak or not from this server matches no version (RFC 9110, section 13.1.1).
    var expectedVersions: Set<Int>? {
        guard let value = headers[.ifMatch] else { return nil }
        let tags = value.utf8.split(separator: UInt8(ascii: ",")).map { tag in
            tag.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        }
        if tags.count == 1, tags[0].elementsEqual("*".utf8) { return nil }
        return Set(tags.compactMap { EntityTag(String(decoding: $0, as: UTF8.self))?.version })
    }
}
