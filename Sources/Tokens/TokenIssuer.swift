package import Identity
internal import JSON
package import Secrets
package import Time

/// Issues tokens that `TokenVerifier` accepts.
package enum TokenIssuer {
    /// A new token with its id and expiry.
    package struct IssuedToken: Sendable {
        package let token: Secret
        package let tokenID: String
        package let expiresAt: UnixTime
    }

    /// The reason why no token was issued.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        case keyDoesNotSign
        case lifetime(longest: Duration)
        case tokenID
        case cryptography(SecretsError)

        package var description: String {
            switch self {
            case .keyDoesNotSign: "the key is not an own, active key of the tenant"
            case .lifetime(let longest):
                "the lifetime of a token must be at least 1 and at most \(longest.components.seconds) seconds (tokens.max_life)"
            case .tokenID: "a token id must have 1 to 255 bytes"
            case .cryptography(let error): error.description
            }
        }
    }

    /// Signs a token for `user` of the key's tenant.
    ///
    /// - Parameter keys: The source of the maximum lifetime and the revocations. If the user's tokens were revoked in
    ///   the current second, the new token is dated one second later.
    package static func issue(
        user: UserID, key: SigningKey, lifetime: Duration, scopes: TokenScopes? = nil, tokenID: String? = nil,
        keys: some KeySource, now: UnixTime
    ) throws(Failure) -> IssuedToken {
        guard key.signs(at: now) else { throw .keyDoesNotSign }
        let longest = keys.maxTokenLife(of: key.tenant)
        guard lifetime >= .seconds(1), lifetime <= longest else { throw .lifetime(longest: longest) }
        if let tokenID, !(1...255).contains(tokenID.utf8.count) { throw .tokenID }
        let issuedAt = max(now, keys.revocations(of: key.tenant).earliestIssue(for: user) ?? now)
        let expiresAt = issuedAt + lifetime
        do throws(SecretsError) {
            let tokenID = if let tokenID { tokenID } else { Base64URL.encode(try RandomBytes.generate(16)) }
            var claims: JSONObject = [
                "sub": .string(user.rawValue), "aud": .string(key.tenant.rawValue),
                "iat": .integer(issuedAt.seconds), "exp": .integer(expiresAt.seconds), "jti": .string(tokenID),
            ]
            claims["scope"] = scopes.map { .string($0.claim) }
            return IssuedToken(token: try sign(claims, key: key), tokenID: tokenID, expiresAt: expiresAt)
        } catch {
            throw .cryptography(error)
        }
    }

    private static func sign(_ claims: JSONObject, key: SigningKey) throws(SecretsError) -> Secret {
        let header = TokenHeader.text(algorithm: key.algorithm, kid: key.kid)
        let text = Array(JSONValue.object(claims).text.utf8)
        let signed = Base64URL.encode(header) + "." + Base64URL.encode(text)
        let signature = try HMAC.code(for: Array(signed.utf8), key: key.secret, algorithm: key.algorithm.hash)
        return Secret(utf8: signed + "." + Base64URL.encode(signature))
    }
}
