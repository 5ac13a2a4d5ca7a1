package import JSON

extension JSONLimits {
    /// Those for what a provider sends: deep as schemas are, and with members twice where a proxy added its own.
    package static func answer(size: Int) -> JSONLimits { JSONLimits(size: size, depth: 64, allowsRepeats: true) }
}
