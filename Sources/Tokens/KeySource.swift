package import Identity

/// A source of signing keys and of the rules of tenants for tokens: one consistent state of the tenants folder.
package protocol KeySource: Sendable {
    /// Returns the own key with this id, of any tenant.
    func key(_ kid: KeyID) -> SigningKey?
    /// Returns the keys that the tenant shares with its own issuers.
    func importedKeys(of tenant: TenantID) -> [SigningKey]
    func revocations(of tenant: TenantID) -> Revocations
    /// Returns the maximum lifetime of own tokens (`tokens.max_life`).
    func maxTokenLife(of tenant: TenantID) -> Duration
}
