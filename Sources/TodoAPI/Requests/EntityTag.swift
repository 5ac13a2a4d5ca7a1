import HTTPTypes
import Hummingbird

/// A task's version as an entity tag: `"3"`.
struct EntityTag {
    let version: Int

    init(version: Int) { self.version = version }

    /// Nil for what is weak, or no tag that this server gives.
    init?(_ text: some StringProtocol) {
        guard text.count >= 3, text.first == "\"", text.last == "\"", let version = Int(text.dropFirst().dropLast())
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
        let tags = value.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        return tags == ["*"] ? nil : Set(tags.compactMap { EntityTag($0)?.version })
    }
}
