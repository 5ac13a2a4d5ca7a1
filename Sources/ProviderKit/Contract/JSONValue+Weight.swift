package import JSON

extension JSONValue {
    /// The approximate length of the value as text in bytes, for limits on the parts of an answer that are kept.
    package var weight: Int {
        switch self {
        case .null, .bool, .integer, .number: 8
        case .string(let text): 8 + text.utf8.count
        case .array(let elements): elements.reduce(8) { $0 + $1.weight }
        case .object(let object): object.members.reduce(8) { $0 + $1.name.utf8.count + $1.value.weight }
        }
    }
}
