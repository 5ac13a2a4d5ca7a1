/// Comma-separated values (RFC 4180): written with CRLF, read with CRLF or LF.
package enum CSV {
    /// The error of a malformed text, with its row.
    package struct Malformed: Error, Hashable {
        /// The row, from 0.
        let row: Int
        let message: String
    }

    package static func line(_ cells: [String]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "," }
            write(cell, to: &line)
        }
        return line + "\r\n"
    }

    private static func write(_ cell: String, to line: inout String) {
        let isPlain = cell.utf8.allSatisfy { byte in
            byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != 0x0A && byte != 0x0D
        }
        guard !isPlain else {
            line += cell
            return
        }
        line += "\""
        // By scalar: a quote with a combining mark is one character, but CSV readers treat it as a quote.
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { line.unicodeScalars.append(scalar) }
            line.unicodeScalars.append(scalar)
        }
        line += "\""
    }
}
