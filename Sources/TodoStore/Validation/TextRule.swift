internal import Text

/// A rule for texts from outside: a length in Unicode scalars after trimming, with at most four times as many bytes.
package struct TextRule: Sendable {
    package let length: ClosedRange<Int>
    /// Newlines and tabs are fine; every other control character never is.
    package let allowsLines: Bool

    package static let title = TextRule(length: 1...200, allowsLines: false)
    package static let description = TextRule(length: 0...1000, allowsLines: true)
    package static let tag = TextRule(length: 1...50, allowsLines: false)
    package static let search = TextRule(length: 1...200, allowsLines: false)
    /// A user's message in a chat.
    package static let message = TextRule(length: 1...5000, allowsLines: true)

    /// A violation of a rule, as the end of a sentence.
    package struct Violation: Error, Hashable {
        package let message: String
    }

    /// The trimmed text.
    package func check(_ text: String) throws(Violation) -> String {
        let scalars = text.unicodeScalars
        let end = scalars.lastIndex { !Self.isSpace($0) }.map(scalars.index(after:)) ?? scalars.startIndex
        let trimmed = String(Substring(scalars[..<end].drop(while: Self.isSpace)))
        let length = trimmed.unicodeScalars.count
        guard length >= self.length.lowerBound else { throw Violation(message: "must not be empty") }
        guard length <= self.length.upperBound, trimmed.utf8.count <= 4 * self.length.upperBound else {
            throw Violation(message: "must not be longer than \(self.length.upperBound) characters")
        }
        let isClean = trimmed.unicodeScalars.allSatisfy { scalar in
            !Self.isControl(scalar) || (allowsLines && (scalar == "\n" || scalar == "\t"))
        }
        guard isClean else { throw Violation(message: "must not contain control characters") }
        guard !CombiningMarks.areTooMany(in: trimmed) else { throw Violation(message: CombiningMarks.violation) }
        return trimmed
    }

    // Looking properties up costs more than all the rest; most texts are ASCII.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar < " " || scalar == "\u{7F}" : scalar.properties.generalCategory == .control
    }
}
