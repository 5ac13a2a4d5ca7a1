package import JSON

extension JSONLimits {
    /// Returns limits for the answers of providers, with deep nesting for schemas, and repeated members, which some
    /// proxies add. An event has a few dozen values, a list of models some thousand.
    package static func answer(size: Int, values: Int = 10_000) -> JSONLimits {
        JSONLimits(size: size, depth: 64, values: values, allowsRepeats: true)
    }
}
