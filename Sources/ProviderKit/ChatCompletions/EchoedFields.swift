import JSON

/// Fields of a message that its server wants back as they were, put together from the pieces of a stream.
///
/// A piece is added in place: what has come before it is neither copied nor looked through again.
struct EchoedFields: Sendable {
    /// Bounds on the fields of one answer.
    struct Limits: Sendable {
        /// About the bytes of all that came, whether it was kept or replaced.
        var bytes = 1 << 20
        /// Entries of all arrays.
        var entries = 1000
        /// Members of an entry that is put together from pieces.
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

    /// Nil when none of them came. An empty array is something: some models refuse a history without it.
    var value: JSONValue? { fields.isEmpty ? nil : .object(fields) }

    /// - Throws: `misbehaved` when there is more than the limits allow.
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
            // Out of its place while it grows: it has one owner, and is not copied.
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
                throw ProviderError(.misbehaved, "an answer with more than \(limits.entries) pieces of \(name)")
            }
            list.append(piece)
        }
        fields[name] = .array(list)
    }

    /// The text of an entry that goes on in the next one; nil when that is an entry of its own.
    private func field(joining last: JSONValue, _ piece: JSONValue) -> String? {
        guard let last = last.object, let piece = piece.object,
            max(last.members.count, piece.members.count) <= limits.members, let type = last["type"],
            type.string != nil, type == piece["type"], last["index"] == piece["index"]
        else { return nil }
        return ["text", "summary"].first { piece[$0]?.string != nil && last[$0]?.string != nil }
    }

    private static func join(_ entry: inout JSONValue, _ piece: JSONValue, _ field: String) {
        guard case .object(var object) = entry, let piece = piece.object else { return }
        // Taken out of its entry, as the entry is of its array: what has one owner grows without being copied.
        entry = .null
        var text = object.takeString(field) ?? ""
        text += piece[field]?.string ?? ""
        for member in piece.members where !member.value.isNull { object[member.name] = member.value }
        object[field] = .string(text)
        entry = .object(object)
    }
}
