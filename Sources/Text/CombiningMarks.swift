/// A bound on the combining marks that may follow each other, so that comparing and normalising a text stays linear.
///
/// The number is that of the Stream-Safe Text Format (UAX #15, section 13). No written language comes near it.
package enum CombiningMarks {
    /// The most marks in one run.
    package static let maximumRun = 30

    /// Whether more than `maximumRun` marks follow each other somewhere in `text`. One pass over the scalars.
    package static func areTooMany(in text: some StringProtocol) -> Bool {
        // No ASCII scalar is a mark, and looking at bytes costs a tenth of looking at scalars.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
        var run = 0
        for scalar in text.unicodeScalars {
            guard isMark(scalar) else {
                run = 0
                continue
            }
            run += 1
            if run > maximumRun { return true }
        }
        return false
    }

    /// Whether a scalar joins the one before it: of category M, or of a combining class that is reordered.
    package static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        // The first combining mark of Unicode is U+0300.
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return scalar.properties.canonicalCombiningClass != .notReordered
        }
    }
}
