/// A parser of `.env` files that follows python-dotenv: `export`, quotes, escapes, comments, CRLF, `${NAME}` and
/// `${NAME:-default}`.
package struct DotEnv: Sendable {
    /// The variables that have a value; of duplicates the last one is used. The values are secrets.
    package let values: [String: String]
    /// The numbers of invalid lines, which are skipped.
    package let badLines: [Int]

    /// Parses a file.
    ///
    /// - Parameter environment: The variables that take precedence in `${NAME}`.
    package init(_ text: String, environment: [String: String]) {
        // As Python reads text files: every line end becomes a newline. Swift treats "\r\n" as one character.
        var parser = DotEnvParser(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
        var values: [String: String?] = [:]
        for binding in parser.bindings() {
            let value = binding.value.map { Self.interpolate($0) { environment[$0].map(Optional.some) ?? values[$0] } }
            values.updateValue(value, forKey: binding.name)
        }
        self.values = values.compactMapValues(\.self)
        badLines = parser.badLines
    }

    /// Replaces references to variables.
    ///
    /// - Parameter lookup: Returns nil for an unknown name. A name without a value is empty, and gets no default.
    private static func interpolate(_ text: String, _ lookup: (String) -> String??) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${") {
            let reference = rest[start.upperBound...]
            // A name contains no colon. With a colon that is not part of `:-`, the text is not a reference.
            let name = reference.prefix { $0 != "}" && $0 != ":" }
            var tail = reference[name.endIndex...]
            var fallback = ""
            if tail.hasPrefix(":-") {
                let text = tail.dropFirst(2).prefix { $0 != "}" }
                fallback = String(text)
                tail = tail[text.endIndex...]
            }
            result += rest[..<start.lowerBound]
            if tail.hasPrefix("}") {
                result += (lookup(String(name)) ?? fallback) ?? ""
                rest = tail.dropFirst()
            } else {
                result += rest[start.lowerBound..<start.upperBound]
                rest = reference
            }
        }
        return result + rest
    }
}
