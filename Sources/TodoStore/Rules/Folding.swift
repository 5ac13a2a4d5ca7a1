import Foundation
import Text

extension String {
    /// The form in which texts are searched and ordered: composed, and without case.
    package var folded: String {
        // ASCII has nothing to compose. Composing takes the square of a run of marks, which texts that were stored
        // before such runs were refused may have.
        utf8.allSatisfy { $0 < 0x80 }
            ? lowercased() : CombiningMarks.limited(self).precomposedStringWithCanonicalMapping.lowercased()
    }

    /// The folded words of a search: as many as a search may have.
    package var searchWords: [String] { folded.split(whereSeparator: \.isWhitespace).prefix(16).map(String.init) }
}
