extension StringProtocol {
    /// A text from outside as one line that is safe to log, to print on a terminal and to put into an error message.
    ///
    /// Whatever could end the line, move the cursor or turn the direction of writing (control and format characters, line
    /// and paragraph separators, unassigned scalars) becomes U+FFFD; so do combining marks beyond
    /// `CombiningMarks.maximumRun` in a row. What is longer than `limit` scalars is cut, and ends with an ellipsis.
    package func printable(limit: Int = 300) -> String {
        // Most texts are short ASCII: to look at their bytes costs a twentieth of looking at scalars.
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

    /// JSON whose texts hold nothing that a terminal obeys: each scalar that is not printable is escaped. Newlines, which
    /// JSON has only between its members, stay.
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
        // Emoji and some scripts need the joiners, which do nothing by themselves.
        case .format: return self == "\u{200C}" || self == "\u{200D}"
        default: return true
        }
    }
}
