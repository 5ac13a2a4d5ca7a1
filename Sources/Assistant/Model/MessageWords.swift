import Text

/// The words of a text in lower case: runs of letters and digits, and "#" before a number.
enum MessageWords {
    /// The length of a text that is read, in bytes.
    private static let mostBytes = 8192

    static func of(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.prefix(bytes: mostBytes).unicodeScalars {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "'" || scalar == "\u{2019}" {
                word.append(scalar == "\u{2019}" ? "'" : scalar)
            } else if scalar == "-" || scalar == "\u{2013}" {
                end()
                words.append("-")
            } else {
                end()
            }
        }
        end()
        return words
    }
}
