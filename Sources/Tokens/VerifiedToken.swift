package import Identity
package import Time

/// The content of a verified token.
package struct VerifiedToken: Sendable, Hashable {
    package let account: Account
    package let kid: KeyID
    package let origin: SigningKey.Origin
    package let scopes: TokenScopes
    package let issuedAt: UnixTime?
    package let expiresAt: UnixTime
    /// The `jti`; nil when the token has none.
    package let tokenID: String?
}
