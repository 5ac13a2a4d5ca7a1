/// The grammar of python-dotenv's parser.py, over Unicode scalars.
struct DotEnvParser {
    private let text: [Unicode.Scalar]
    private var offset = 0
    private(set) var badLines: [Int] = []

    /// Creates a parser.
    ///
    /// - Parameter text: The text, with newlines as its only line ends.
    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// A name and its value; nil for a name alone (`export NAME`).
    struct Binding {
        let name: String
        let value: String?
    }

    mutating func bindings() -> [Binding] {
        var bindings: [Binding] = []
        while offset < text.count {
            skip(while: Self.isSpace)
            guard offset < text.count else { break }
            let start = offset
            if let binding = statement() {
                if let binding { bindings.append(binding) }
            } else {
                badLines.append(text[..<start].count { $0 == "\n" } + 1)
                skip { $0 != "\n" }
                offset = min(offset + 1, text.count)
            }
        }
        return bindings
    }

    /// Parses a statement: nil for an invalid one, `.some(nil)` for a comment.
    private mutating func statement() -> Binding?? {
        skipExport()
        var name: String?
        if peek != "#" {
            guard let read = self.name() else { return nil }
            name = read
        }
        skip(while: Self.isBlank)
        var value: String?
        if peek == "=" {
            offset += 1
            skip(while: Self.isBlank)
            guard let read = self.value() else { return nil }
            value = read
        }
        skip(while: Self.isBlank)
        if peek == "#" { skip { $0 != "\n" } }
        guard peek == nil || peek == "\n" else { return nil }
        offset = min(offset + 1, text.count)
        return .some(name.map { Binding(name: $0, value: value) })
    }

    private mutating func skipExport() {
        let word = Array("export".unicodeScalars)
        guard text[offset...].starts(with: word), offset + word.count < text.count,
            Self.isBlank(text[offset + word.count])
        else { return }
        offset += word.count
        skip(while: Self.isBlank)
    }

    private mutating func name() -> String? {
        if peek == "'" {
            guard let end = text[(offset + 1)...].firstIndex(of: "'"), end > offset + 1 else { return nil }
            defer { offset = end + 1 }
            return string(offset + 1..<end)
        }
        let start = offset
        skip { $0 != "=" && $0 != "#" && !Self.isSpace($0) }
        return offset > start ? string(start..<offset) : nil
    }

    private mutating func value() -> String? {
        switch peek {
        case nil, "\n": return ""
        case "'": return quoted("'", escapes: ["\\": "\\", "'": "'"])
        case "\"":
            return quoted(
                "\"",
                escapes: [
                    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
                    "t": "\t", "v": "\u{B}",
                ])
        default: return unquoted()
        }
    }

    /// Parses a text up to the first quote without a backslash before it or, if there is none, up to the last quote.
    private mutating func quoted(_ quote: Unicode.Scalar, escapes: [Unicode.Scalar: Unicode.Scalar]) -> String? {
        var end: Int?
        var index = offset + 1
        while index < text.count {
            if text[index] == "\\", index + 1 < text.count, text[index + 1] == quote {
                end = index + 1
                index += 2
            } else if text[index] == quote {
                end = index
                break
            } else {
                index += 1
            }
        }
        guard let end else { return nil }
        defer { offset = end + 1 }
        var value = String.UnicodeScalarView()
        var next = offset + 1
        while next < end {
            if text[next] == "\\", next + 1 < end, let escaped = escapes[text[next + 1]] {
                value.append(escaped)
                next += 2
            } else {
                value.append(text[next])
                next += 1
            }
        }
        return String(value)
    }

    /// Parses the rest of the line. A comment needs white space before its `#`.
    private mutating func unquoted() -> String {
        let start = offset
        skip { $0 != "\n" }
        var end = offset
        if let comment = (start..<offset).dropFirst().first(where: { text[$0] == "#" && Self.isSpace(text[$0 - 1]) }) {
            end = comment
        }
        while end > start, Self.isSpace(text[end - 1]) { end -= 1 }
        return string(start..<end)
    }

    private var peek: Unicode.Scalar? { offset < text.count ? text[offset] : nil }

    private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        while offset < text.count, condition(text[offset]) { offset += 1 }
    }

    private func string(_ range: Range<Int>) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text[range])
        return String(scalars)
    }

    /// Returns whether the scalar matches Python's `\s`.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { isSpace(scalar) && scalar != "\n" }
}
