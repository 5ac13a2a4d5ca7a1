extension Duration {
    private static let units: [(suffix: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// A hundred years, so that adding it to any current time gives a valid RFC 3339 time.
    private static let longestMilliseconds = 36_500 * 86_400_000

    /// Parses a duration in files and options: `500ms 3s 2m 1h 30d`; nil for any other text and for more than 36500d.
    package init?(units text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = Self.units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow, milliseconds <= Self.longestMilliseconds else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The duration in its largest whole unit.
    package var unitText: String {
        let milliseconds = Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
        let unit = Self.units.last { milliseconds.isMultiple(of: $0.milliseconds) && milliseconds >= $0.milliseconds }
        return unit.map { "\(milliseconds / $0.milliseconds)\($0.suffix)" } ?? "0s"
    }

    /// Whole seconds, rounded up, as `Retry-After` and logs have them.
    package var wholeSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}
