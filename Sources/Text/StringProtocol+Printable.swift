extension StringProtocol {
    /// Returns a text from outside as one line that is safe in logs, on terminals and in error messages.
    ///
    /// Characters that could end the line, move the cursor or change the direction of writing (control and format
    /// characters, line and paragraph separators, unassigned scalars) are replaced with U+FFFD, as are combining marks
    /// beyond `CombiningMarks.maximumRun` in a row. Text beyond `limit` scalars is replaced with an ellipsis.
    package func printable(limit: Int = 300) -> String {
        // Most texts are short ASCII: checking bytes takes a twentieth of the time of checking scalars.
        if utf8.count <= limit, utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(self) }
        var line = String.UnicodeScalarView()
        var length = 0
        var marks = 0
        for scalar in unicodeScalars {
            guard length < limit else {
                line.append("…")
                break
            }
            length += 1
            marks = CombiningMarks.isMark(scalar) ? marks + 1 : 0
            line.append(scalar.isPrintable && marks <= CombiningMarks.maximumRun ? scalar : "\u{FFFD}")
        }
        return String(line)
    }

    /// Returns JSON text with each unprintable scalar escaped, so that it cannot control a terminal. Newlines, which
    /// JSON has only between members, are kept.
    package func escapingUnprintable() -> String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return String(self) }
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar.isPrintable || scalar == "\n" {
                escaped.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    escaped.append(
                        contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
                }
            }
        }
        return String(escaped)
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        if isASCII { return value >= 0x20 && value != 0x7F }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return false
        // Emoji and some scripts need the joiners, which have no effect on their own.
        case .format: return self == "\u{200C}" || self == "\u{200D}"
        default: return true
        }
    }
}
