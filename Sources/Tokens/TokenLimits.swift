/// Limits on the work of verifying a token.
package enum TokenLimits {
    /// The maximum number of imported keys per tenant, all of which are tried for a token without `kid`.
    package static let importedKeys = 4
}
