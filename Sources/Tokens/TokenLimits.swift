/// Bounds on what a token can make its verifier do.
package enum TokenLimits {
    /// Imported keys of one tenant that a token without `kid` has tried on it.
    package static let importedKeys = 4
}
