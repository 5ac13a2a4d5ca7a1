internal import Identity
internal import JSON
internal import Text
import Time

/// The claims of a token whose signature matched, each validated on its own.
struct Claims {
    let user: UserID
    let expiresAt: UnixTime
    let notBefore: UnixTime?
    let issuedAt: UnixTime?
    let tokenID: String?
    let scopes: TokenScopes

    init(_ claims: JSONObject, key: SigningKey) throws(TokenError) {
        guard let expiry = claims["exp"] else { throw .expiryMissing }
        expiresAt = try Self.time(expiry, else: .expiry)
        notBefore = try Self.optionalTime(claims["nbf"], else: .notBefore)
        issuedAt = try Self.optionalTime(claims["iat"], else: .issuedAt)
        if let issuer = key.issuer, claims["iss"] != .string(issuer) { throw .issuer }
        let audience = key.origin == .own ? key.tenant.rawValue : key.audience
        if let audience, !Self.audience(claims["aud"], contains: audience) { throw .audience }
        guard let user = claims[key.userClaim ?? "sub"]?.string.flatMap({ UserID($0) }) else { throw .user }
        self.user = user
        if let tokenID = claims["jti"] {
            guard let tokenID = tokenID.string, (1...255).contains(tokenID.utf8.count) else { throw .tokenID }
            self.tokenID = tokenID
        } else {
            tokenID = nil
        }
        if let scope = claims["scope"] {
            guard let scope = scope.string else { throw .scope }
            scopes = TokenScopes(claim: scope)
        } else {
            scopes = .all
        }
    }

    private static func optionalTime(_ value: JSONValue?, else error: TokenError) throws(TokenError) -> UnixTime? {
        guard let value else { return nil }
        return try time(value, else: error)
    }

    private static func time(_ value: JSONValue, else error: TokenError) throws(TokenError) -> UnixTime {
        guard let seconds = value.integer, (0...UnixTime.latest).contains(seconds) else { throw error }
        return UnixTime(seconds)
    }

    /// Returns whether the claim is the audience or an array that contains it (RFC 7519, section 4.1.3).
    private static func audience(_ value: JSONValue?, contains audience: String) -> Bool {
        switch value {
        case .string(let name): name.equalsBytes(of: audience)
        case .array(let names): names.allSatisfy { $0.string != nil } && names.contains(.string(audience))
        default: false
        }
    }
}
