import HTTPTypes
import Hummingbird

/// A task's version as an entity tag: `"3"`.
struct EntityTag {
    let version: Int

    var text: String { "\"\(version)\"" }
}

extension Request {
    /// The version that `If-Match` asks for; nil where it asks for none, or for any (`*`).
    /// - Throws: `Problem`: 412 for tags that are none of ours, as no version can match them.
    func expectedVersion() throws -> Int? {
        guard let value = headers[.ifMatch], value != "*" else { return nil }
        guard value.count >= 3, value.first == "\"", value.last == "\"",
            let version = Int(value.dropFirst().dropLast()), EntityTag(version: version).text == value
        else { throw Problem(.preconditionFailed, "If-Match names no version of this task.") }
        return version
    }
}
