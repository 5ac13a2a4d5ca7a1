import Foundation

extension String {
    /// The form in which texts are searched and ordered: composed, and without case.
    var folded: String { precomposedStringWithCanonicalMapping.lowercased() }
}
