extension Duration {
    private static let units: [(suffix: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// A hundred years: with any of today's times added it is a time that RFC 3339 has.
    private static let longestMilliseconds = 36_500 * 86_400_000

    /// A duration as files and options have it: `500ms 3s 2m 1h 30d`; nil for anything else, and for over 36500d.
    package init?(units text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = Self.units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow, milliseconds <= Self.longestMilliseconds else { return nil }
        self = .milliseconds(milliseconds)
    }

    /// The same in its largest whole unit.
    package var unitText: String {
        let milliseconds = Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
        let unit = Self.units.last { milliseconds.isMultiple(of: $0.milliseconds) && milliseconds >= $0.milliseconds }
        return unit.map { "\(milliseconds / $0.milliseconds)\($0.suffix)" } ?? "0s"
    }
}
