import Text

/// A table with headings.
struct Table {
    let headings: [String]
    private(set) var rows: [[String]] = []

    init(_ headings: String...) { self.headings = headings }

    /// Creates a table of names and values, without headings.
    init(pairs: [(String, String)]) {
        headings = []
        rows = pairs.map { [$0.0, $0.1] }
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    /// The lines, each without trailing spaces and with a newline.
    var text: String {
        let lines = ((headings.isEmpty ? [] : [headings]) + rows).map { $0.map(Self.printable) }
        let columns = lines.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return lines.map { cells in
            var line = ""
            for (cell, width) in zip(cells, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// Makes a cell printable and bounded, because names come from files and providers.
    private static func printable(_ cell: String) -> String { cell.isEmpty ? "-" : cell.printable(limit: 1000) }
}
