import HTTPTypes
import Hummingbird

/// A task's version as an entity tag: `"3"`.
struct EntityTag {
    let version: Int

    init(version: Int) { self.version = version }

    /// Nil for what is weak, or no tag that this server gives.
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
    /// The versions that `If-Match` allows; nil where it asks for none, or for any (`*`).
    ///
    /// What is no strong tag of ours matches no version (RFC 9110, section 13.1.1).
    var expectedVersions: Set<Int>? {
        guard let value = headers[.ifMatch] else { return nil }
        let tags = value.utf8.split(separator: UInt8(ascii: ",")).map { tag in
            tag.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        }
        if tags.count == 1, tags[0].elementsEqual("*".utf8) { return nil }
        return Set(tags.compactMap { EntityTag(String(decoding: $0, as: UTF8.self))?.version })
    }
}
