extension CombiningMarks {
    /// The end of a sentence for whoever sent a text of which `areTooMany` is true.
    package static let violation = "must not have more than \(maximumRun) combining marks in a row"

    /// A text without the marks beyond `maximumRun` in a row.
    package static func limited(_ text: String) -> String {
        var limiter = Limiter()
        return limiter.pass(text)
    }

    /// Drops the marks beyond `maximumRun` in a row from a text that comes in pieces.
    package struct Limiter: Sendable {
        /// The marks at the end of the pieces so far.
        private var run = 0

        package init() {}

        /// The piece without the marks that are too many after the pieces before it.
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
