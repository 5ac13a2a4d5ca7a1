/// The effect of a merge patch (RFC 7396) on one member.
package enum FieldUpdate<Value: Sendable & Hashable>: Sendable, Hashable {
    case keep
    case set(Value)
    /// The member's value becomes that of a new object without it.
    case clear

    /// The value after the update; `empty` stands for a cleared one.
    func applied(to value: Value, empty: Value) -> Value {
        switch self {
        case .keep: value
        case .set(let value): value
        case .clear: empty
        }
    }

    func applied(to value: Value?) -> Value? {
        switch self {
        case .keep: value
        case .set(let value): value
        case .clear: nil
        }
    }
}
