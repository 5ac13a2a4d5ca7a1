import Foundation

extension String {
    /// The form in which texts are searched and ordered: composed, and without case.
    var folded: String {
        // ASCII has nothing to compose.
        utf8.allSatisfy { $0 < 0x80 } ? lowercased() : precomposedStringWithCanonicalMapping.lowercased()
    }
}
