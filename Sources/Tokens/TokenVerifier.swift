package import Identity
internal import Secrets
package import Time

/// A verifier of bearer tokens (RFC 7515, 7519 and 8725): a function of the token, the keys and the time.
package struct TokenVerifier<Keys: KeySource>: Sendable {
    /// The tolerated difference between the clocks of two machines.
    private static var leeway: Duration { .seconds(60) }

    private let keys: Keys

    package init(keys: Keys) { self.keys = keys }

    /// Verifies a token.
    ///
    /// - Parameter host: The tenant that nginx names for the request's host; nil where it names none.
    package func verify(_ token: String, host: TenantID?, now: UnixTime) throws(TokenError) -> VerifiedToken {
        let token = try UnverifiedToken(token)
        let key = try signer(of: token, host: host, now: now)
        let claims = try Claims(try token.claims(), key: key)
        guard now < claims.expiresAt else { throw .expired }
        if let notBefore = claims.notBefore, notBefore > now + Self.leeway { throw .notYetValid }
        if let issuedAt = claims.issuedAt, issuedAt > now + Self.leeway { throw .issuedInFuture }
        if key.origin == .own {
            let latest = (claims.issuedAt ?? now) + keys.maxTokenLife(of: key.tenant)
            guard claims.expiresAt <= latest else { throw .livesTooLong }
        }
        let verified = VerifiedToken(
            account: Account(tenant: key.tenant, user: claims.user), kid: key.kid, origin: key.origin,
            scopes: claims.scopes, issuedAt: claims.issuedAt, expiresAt: claims.expiresAt, tokenID: claims.tokenID)
        guard try !keys.revocations(of: key.tenant).contain(verified, token: token) else { throw .revoked }
        return verified
    }

    /// Returns the key that signed the token. Until then only the `kid` and `alg` of the token are used.
    private func signer(of token: UnverifiedToken, host: TenantID?, now: UnixTime) throws(TokenError) -> SigningKey {
        let header = try token.keyReference()
        let signature = try token.signature()
        let candidates = try candidates(kid: header.kid, host: host)
        var failure = TokenError.unknownKey
        for key in candidates {
            do throws(TokenError) {
                try check(key, algorithm: header.algorithm, now: now)
                let expected = try token.expectedSignature(key)
                guard signature.isEqualInConstantTime(to: expected) else { throw .signature }
                return key
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private func check(_ key: SigningKey, algorithm: String, now: UnixTime) throws(TokenError) {
        guard key.state != .revoked else { throw .revokedKey }
        guard !key.hasEnded(at: now) else { throw .endedKey }
        guard algorithm == key.algorithm.rawValue else { throw .algorithm }
    }

    /// Returns the candidate keys: the one that `kid` names or, without a `kid`, the imported keys of the named tenant.
    private func candidates(kid: KeyID?, host: TenantID?) throws(TokenError) -> [SigningKey] {
        guard let kid else {
            guard let host else { throw .keyIDMissing }
            return Array(keys.importedKeys(of: host).prefix(TokenLimits.importedKeys))
        }
        if let host, let imported = keys.importedKeys(of: host).first(where: { $0.kid == kid }) { return [imported] }
        guard let own = keys.key(kid) else { throw .unknownKey }
        if let host, own.tenant != host { throw .wrongTenant }
        return [own]
    }
}
