package import JSON

extension JSONValue {
    /// The value as a number of tokens; nil when it is not plausible. The bound prevents overflow in sums.
    package var tokenCount: Int? { number.flatMap { 0...1e12 ~= $0 ? Int($0) : nil } }
}
