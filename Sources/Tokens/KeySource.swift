package import Identity

/// Where the verifier finds keys and what their tenants say of tokens: one consistent state of the tenants folder.
package protocol KeySource: Sendable {
    /// The own key with this id, whichever tenant's it is.
    func key(_ kid: KeyID) -> SigningKey?
    /// The keys that the tenant shares with its own issuers.
    func importedKeys(of tenant: TenantID) -> [SigningKey]
    func revocations(of tenant: TenantID) -> Revocations
    /// The longest that own tokens may live (`tokens.max_life`).
    func maxTokenLife(of tenant: TenantID) -> Duration
}
