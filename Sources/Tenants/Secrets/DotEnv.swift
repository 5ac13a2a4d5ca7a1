/// Reads `.env` files as python-dotenv does: `export`, quotes, escapes, comments, CRLF, `${NAME}` and `${NAME:-default}`.
package struct DotEnv: Sendable {
    /// The variables that have a value; the last of several wins. They are secrets.
    package let values: [String: String]
    /// Lines that are no assignment; they are skipped.
    package let badLines: [Int]

    /// - Parameter environment: what `${NAME}` finds first.
    package init(_ text: String, environment: [String: String]) {
        // As Python opens text files: every line end is a newline. Swift sees "\r\n" as one character.
        var parser = DotEnvParser(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
        var values: [String: String?] = [:]
        for binding in parser.bindings() {
            let value = binding.value.map { Self.interpolate($0) { environment[$0].map(Optional.some) ?? values[$0] } }
            values.updateValue(value, forKey: binding.name)
        }
        self.values = values.compactMapValues(\.self)
        badLines = parser.badLines
    }

    /// - Parameter lookup: nil for a name that stands nowhere; a name that stands without value is empty, and has no
    ///   need of a default.
    private static func interpolate(_ text: String, _ lookup: (String) -> String??) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${") {
            let reference = rest[start.upperBound...]
            // A name holds no colon; a colon that `:-` does not follow makes it no reference.
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
