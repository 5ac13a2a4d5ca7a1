package import JSON

extension JSONValue {
    /// A number of tokens, when it can be meant as one: counts are added up, and must not overflow.
    package var tokenCount: Int? { number.flatMap { 0...1e12 ~= $0 ? Int($0) : nil } }
}
