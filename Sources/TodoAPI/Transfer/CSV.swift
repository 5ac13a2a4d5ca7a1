/// Comma-separated values (RFC 4180): CRLF is written, LF is read too.
enum CSV {
    /// What is wrong with a text, and in which row it was found.
    struct Malformed: Error, Hashable {
        /// Counts from 0.
        let row: Int
        let message: String
    }

    static func line(_ cells: [String]) -> String {
        cells.map { cell in
            let isPlain = cell.utf8.allSatisfy { byte in
                byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != 0x0A && byte != 0x0D
            }
            return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",") + "\r\n"
    }

    /// The rows with their cells; lines without anything in them are passed over.
    static func rows(_ bytes: some Collection<UInt8>) throws(Malformed) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        var state = State.begin
        var isBlank = true
        func text() throws(Malformed) -> String {
            guard let text = String(validating: cell, as: UTF8.self) else {
                throw Malformed(row: rows.count, message: "must be UTF-8")
            }
            defer { cell.removeAll(keepingCapacity: true) }
            guard cell.contains(0x0D) else { return text }
            // CRLF ends a line of this format, inside of quotes as well.
            let bytes = cell.indices.lazy.filter { cell[$0] != 0x0D || $0 + 1 == cell.count || cell[$0 + 1] != 0x0A }
            return String(decoding: bytes.map { cell[$0] }, as: UTF8.self)
        }
        func endRow() throws(Malformed) {
            state = .begin
            guard !isBlank else { return }
            row.append(try text())
            rows.append(row)
            row = []
            isBlank = true
        }
        for byte in bytes {
            if byte != 0x0A, byte != 0x0D || state == .quoted { isBlank = false }
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
            case (.quoted, _): cell.append(byte)
            case (_, 0x0A): try endRow()
            case (.afterReturn, _): throw Malformed(row: rows.count, message: "has a stray carriage return")
            case (_, 0x0D): state = .afterReturn
            case (_, UInt8(ascii: ",")):
                row.append(try text())
                state = .begin
            case (.afterQuote, UInt8(ascii: "\"")):
                cell.append(byte)
                state = .quoted
            case (.begin, UInt8(ascii: "\"")): state = .quoted
            case (.afterQuote, _): throw Malformed(row: rows.count, message: "has text after a closing quote")
            case (.plain, UInt8(ascii: "\"")):
                throw Malformed(row: rows.count, message: "has a quote inside a plain cell")
            case (.begin, _), (.plain, _):
                cell.append(byte)
                state = .plain
            }
        }
        if state == .quoted { throw Malformed(row: rows.count, message: "has no closing quote") }
        try endRow()
        return rows
    }

    private enum State { case begin, plain, quoted, afterQuote, afterReturn }
}
