package import JSON

extension JSONLimits {
    /// Those for what a provider sends: deep as schemas are, and with members twice where a proxy added its own. An event
    /// has a few dozen values, a list of models some thousand.
    package static func answer(size: Int, values: Int = 10_000) -> JSONLimits {
        JSONLimits(size: size, depth: 64, values: values, allowsRepeats: true)
    }
}
