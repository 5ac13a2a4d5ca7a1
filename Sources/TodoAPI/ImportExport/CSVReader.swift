/// A reader of comma-separated values (RFC 4180), row by row, that reads each byte once.
package struct CSVReader<Bytes: Collection<UInt8>> {
    /// One row. Cells beyond `maximumCells` are only counted.
    package struct Row {
        package var cells: [String] = []
        package var count = 0
    }

    /// The maximum number of cells, more than the columns of any list.
    package static var maximumCells: Int { 64 }

    private enum State { case begin, plain, quoted, afterQuote, afterReturn }

    private let bytes: Bytes
    private var position: Bytes.Index
    private var rows = 0
    private var cell: [UInt8] = []

    package init(_ bytes: Bytes) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Returns the next row; nil at the end. Empty lines are skipped.
    package mutating func next() throws(CSV.Malformed) -> Row? {
        var row = Row()
        var state = State.begin
        var isBlank = true
        while position != bytes.endIndex {
            let byte = bytes[position]
            bytes.formIndex(after: &position)
            if byte != 0x0A, byte != 0x0D || state == .quoted { isBlank = false }
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
            case (.quoted, 0x0A) where cell.last == 0x0D:
                // CRLF ends a line, also inside quotes.
                cell[cell.count - 1] = byte
            case (.quoted, _): cell.append(byte)
            case (_, 0x0A):
                state = .begin
                guard isBlank else { return try ended(row) }
            case (.afterReturn, _): throw malformed("has a stray carriage return")
            case (_, 0x0D): state = .afterReturn
            case (_, UInt8(ascii: ",")):
                try endCell(of: &row)
                state = .begin
            case (.afterQuote, UInt8(ascii: "\"")):
                cell.append(byte)
                state = .quoted
            case (.begin, UInt8(ascii: "\"")): state = .quoted
            case (.afterQuote, _): throw malformed("has text after a closing quote")
            case (.plain, UInt8(ascii: "\"")): throw malformed("has a quote inside a plain cell")
            case (.begin, _), (.plain, _):
                cell.append(byte)
                state = .plain
            }
        }
        if state == .quoted { throw malformed("has no closing quote") }
        return isBlank ? nil : try ended(row)
    }

    private mutating func ended(_ row: Row) throws(CSV.Malformed) -> Row {
        var row = row
        try endCell(of: &row)
        rows += 1
        return row
    }

    private mutating func endCell(of row: inout Row) throws(CSV.Malformed) {
        row.count += 1
        defer { cell.removeAll(keepingCapacity: true) }
        guard let text = String(validating: cell, as: UTF8.self) else { throw malformed("must be UTF-8") }
        if row.count <= Self.maximumCells { row.cells.append(text) }
    }

    private func malformed(_ message: String) -> CSV.Malformed { CSV.Malformed(row: rows, message: message) }
}
