/// A limit on consecutive combining marks, which keeps comparing and normalizing a text linear.
///
/// The number is that of the Stream-Safe Text Format (UAX #15, section 13). No written language comes near it.
package enum CombiningMarks {
    /// The maximum number of consecutive marks.
    package static let maximumRun = 30

    /// Returns whether `text` has more than `maximumRun` consecutive marks, in one pass over its scalars.
    package static func areTooMany(in text: some StringProtocol) -> Bool {
        // No ASCII scalar is a mark, and checking bytes takes a tenth of the time of checking scalars.
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

    /// Returns whether a scalar combines with the one before it: its category is M or its combining class is not 0.
    package static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        // The first combining mark of Unicode is U+0300.
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return scalar.properties.canonicalCombiningClass != .notReordered
        }
    }
}
