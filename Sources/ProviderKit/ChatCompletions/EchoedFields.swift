import JSON

/// Fields of a message that its server wants back as they were, put together from the pieces of a stream.
struct EchoedFields: Sendable {
    private let names: [String]
    private var fields = JSONObject()

    init(names: [String]) { self.names = names }

    /// Nil when none of them came. An empty array is something: some models refuse a history without it.
    var value: JSONValue? { fields.isEmpty ? nil : .object(fields) }

    mutating func take(_ delta: JSONObject) {
        for name in names {
            guard let new = delta[name], !new.isNull else { continue }
            switch (fields[name], new) {
            case (.string(let old), .string(let piece)): fields[name] = .string(old + piece)
            case (.array(let old), .array(let pieces)): fields[name] = .array(pieces.reduce(into: old, Self.append))
            case (_, .array(let pieces)): fields[name] = .array(pieces.reduce(into: [], Self.append))
            default: fields[name] = new
            }
        }
    }

    /// Adds an entry of an array; a piece of the text of the entry before it goes on there.
    private static func append(_ entries: inout [JSONValue], _ new: JSONValue) {
        guard case .object(var last)? = entries.last, let piece = new.object,
            let type = last["type"]?.string, type == piece["type"]?.string, last["index"] == piece["index"],
            let field = ["text", "summary"].first(where: { piece[$0]?.string != nil && last[$0]?.string != nil })
        else { return entries.append(new) }
        let text = (last[field]?.string ?? "") + (piece[field]?.string ?? "")
        for member in piece.members where !member.value.isNull { last[member.name] = member.value }
        last[field] = .string(text)
        entries[entries.count - 1] = .object(last)
    }
}
