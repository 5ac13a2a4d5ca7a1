/// Comma-separated values (RFC 4180): CRLF is written, LF is read too.
package enum CSV {
    /// What is wrong with a text, and in which row it was found.
    package struct Malformed: Error, Hashable {
        /// Counts from 0.
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
        // By scalar: a quote with a mark on it is one character, and still a quote to whoever reads it.
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { line.unicodeScalars.append(scalar) }
            line.unicodeScalars.append(scalar)
        }
        line += "\""
    }
}
