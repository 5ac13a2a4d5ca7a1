import Text

/// Rows under headings, for people.
struct Table {
    let headings: [String]
    private(set) var rows: [[String]] = []

    init(_ headings: String...) { self.headings = headings }

    /// A table without headings: names and what they stand for.
    init(pairs: [(String, String)]) {
        headings = []
        rows = pairs.map { [$0.0, $0.1] }
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    /// Each line without spaces at its end, and with a newline.
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

    /// Names come from files and providers: none may move the cursor, break the line or fill the screen.
    private static func printable(_ cell: String) -> String { cell.isEmpty ? "-" : cell.printable(limit: 1000) }
}
