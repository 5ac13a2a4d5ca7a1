extension CombiningMarks {
    /// The end of an error message for a text with too many combining marks.
    package static let violation = "must not have more than \(maximumRun) combining marks in a row"

    /// Returns the text without the marks beyond `maximumRun` in a row.
    package static func limited(_ text: String) -> String {
        var limiter = Limiter()
        return limiter.pass(text)
    }

    /// A filter that drops the marks beyond `maximumRun` in a row from a text that arrives in parts.
    package struct Limiter: Sendable {
        /// The number of marks at the end of the parts so far.
        private var run = 0

        package init() {}

        /// Returns a part of the text without the marks that exceed the limit, counting those at the end of earlier
        /// parts.
        package mutating func pass(_ piece: String) -> String {
            if piece.utf8.allSatisfy({ $0 < 0x80 }) {
                if !piece.isEmpty { run = 0 }
                return piece
            }
            var kept = String.UnicodeScalarView()
            var isWhole = true
            for scalar in piece.unicodeScalars {
                run = isMark(scalar) ? run + 1 : 0
                if run <= maximumRun { kept.append(scalar) } else { isWhole = false }
            }
            return isWhole ? piece : String(kept)
        }
    }
}
