/// Sizes in files and options: `64KB 1MB`, in powers of 1,024.
package enum ByteSize {
    private static let units: [(suffix: String, bytes: Int)] = [("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30)]

    package static func parse(_ text: some StringProtocol) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = units.first(where: { $0.suffix == text.dropFirst(digits.count) })
        else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
        return overflow ? nil : bytes
    }

    /// Formats a size in its largest whole unit.
    package static func text(_ bytes: Int) -> String {
        let unit = units.last { bytes.isMultiple(of: $0.bytes) && bytes >= $0.bytes }
        return unit.map { "\(bytes / $0.bytes)\($0.suffix)" } ?? "\(bytes) bytes"
    }
}
