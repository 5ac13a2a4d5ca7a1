import JSON

/// Fields of a message that are sent back to the server unchanged, assembled from the parts of a stream.
///
/// A part is appended in place: earlier parts are neither copied nor searched again.
struct EchoedFields: Sendable {
    /// Limits on the fields of one answer.
    struct Limits: Sendable {
        /// The approximate number of bytes received, including replaced ones.
        var bytes = 1 << 20
        /// The number of entries of all arrays.
        var entries = 1000
        /// The number of members of an entry that is assembled from parts.
        var members = 32
    }

    private let names: [String]
    private let limits: Limits
    private var fields = JSONObject()
    private var bytes = 0
    private var entries = 0

    init(names: [String], limits: Limits = Limits()) {
        self.names = names
        self.limits = limits
    }

    /// The fields; nil when none was received. An empty array is kept, because some models refuse a history without it.
    var value: JSONValue? { fields.isEmpty ? nil : .object(fields) }

    /// Adds the fields of a chunk.
    ///
    /// - Throws: `misbehaved` when the fields exceed the limits.
    mutating func take(_ delta: JSONObject) throws(ProviderError) {
        for name in names {
            guard let new = delta[name], !new.isNull else { continue }
            bytes += new.weight
            guard bytes <= limits.bytes else {
                throw ProviderError(.misbehaved, "an answer with more than \(limits.bytes) bytes of \(name)")
            }
            switch new {
            case .string(let piece):
                var text = fields.takeString(name) ?? ""
                text += piece
                fields[name] = .string(text)
            case .array(let pieces): try add(pieces, to: name)
            default: fields[name] = new
            }
        }
    }

    private mutating func add(_ pieces: [JSONValue], to name: String) throws(ProviderError) {
        var list: [JSONValue] = []
        if case .array(let old)? = fields[name] {
            // Removed while it grows, so that it has one owner and is not copied.
            fields[name] = .null
            list = old
        }
        for piece in pieces {
            if let last = list.last, let field = field(joining: last, piece) {
                Self.join(&list[list.count - 1], piece, field)
                continue
            }
            entries += 1
            guard entries <= limits.entries else {
                throw ProviderError(.misbehaved, "an answer with more than \(limits.entries) parts of \(name)")
            }
            list.append(piece)
        }
        fields[name] = .array(list)
    }

    /// Returns the name of a text field that continues in `piece`; nil when `piece` is a separate entry.
    private func field(joining last: JSONValue, _ piece: JSONValue) -> String? {
        guard let last = last.object, let piece = piece.object,
            max(last.members.count, piece.members.count) <= limits.members, let type = last["type"],
            type.string != nil, type == piece["type"], last["index"] == piece["index"]
        else { return nil }
        return ["text", "summary"].first { piece[$0]?.string != nil && last[$0]?.string != nil }
    }

    private static func join(_ entry: inout JSONValue, _ piece: JSONValue, _ field: String) {
        guard case .object(var object) = entry, let piece = piece.object else { return }
        // The text is removed from its entry, and the entry from its array, so that it has one owner and is not copied.
        entry = .null
        var text = object.takeString(field) ?? ""
        text += piece[field]?.string ?? ""
        for member in piece.members where !member.value.isNull { object[member.name] = member.value }
        object[field] = .string(text)
        entry = .object(object)
    }
}
