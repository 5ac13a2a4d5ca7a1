package import JSON

extension JSONValue {
    /// A number of tokens, when it can be meant as one: counts are added up, and must not overflow.
    package var tokenCount: Int? { integer.flatMap { 0...1_000_000_000_000 ~= $0 ? $0 : nil } }
}
