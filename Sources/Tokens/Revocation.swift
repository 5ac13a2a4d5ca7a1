package import Identity
package import JSON
package import Secrets
package import Time

/// The revocation of one token, or of all tokens of a user.
package enum Revocation: Sendable, Hashable {
    /// Revokes the token with this `jti`.
    case tokenID(String, expires: UnixTime)
    /// Revokes the token with this SHA-256, for a token without a `jti`.
    case digest([UInt8], expires: UnixTime)
    /// Revokes all tokens of the user that were issued at `until` or before, or have no `iat`.
    case user(UserID, until: UnixTime)

    /// Creates the revocation of this token.
    package init(_ token: String, _ verified: VerifiedToken) throws(SecretsError) {
        if let tokenID = verified.tokenID {
            self = .tokenID(tokenID, expires: verified.expiresAt)
        } else {
            self = .digest(try SHA256.digest(Array(token.utf8)), expires: verified.expiresAt)
        }
    }

    /// Returns whether the token has expired, so that the revocation can be dropped.
    package func isOver(at now: UnixTime) -> Bool {
        switch self {
        case .tokenID(_, let expires), .digest(_, let expires): expires <= now
        // The tokens of an imported key may have any lifetime.
        case .user: false
        }
    }
}

extension Revocation {
    /// The revocation as a line of `revoked.jsonl`.
    package var json: JSONValue {
        switch self {
        case .tokenID(let tokenID, let expires):
            ["kind": "token", "jti": .string(tokenID), "expires": .string(expires.description)]
        case .digest(let digest, let expires):
            ["kind": "token", "sha256": .string(Hex.encode(digest)), "expires": .string(expires.description)]
        case .user(let user, let until):
            ["kind": "user", "user": .string(user.rawValue), "before": .string(until.description)]
        }
    }

    package init(_ json: JSONValue) throws(FieldErrors) {
        guard let object = json.object else { throw FieldErrors([FieldError("line", "must be a JSON object")]) }
        func time(_ value: JSONValue) -> UnixTime? { value.string.flatMap { UnixTime(rfc3339: $0) } }
        var fields = FieldReader(object)
        let kind = fields.required("kind", \.string, "token or user")
        if kind == "user" {
            let user = fields.required("user", { $0.string.flatMap { UserID($0) } }, "a user id")
            let until = fields.required("before", time, "a time like 2026-01-31T12:00:00Z")
            try fields.finish()
            guard let user, let until else { throw FieldErrors(fields.errors) }
            self = .user(user, until: until)
            return
        }
        if let kind, kind != "token" { fields.fail("kind", "must be token or user") }
        let tokenID = fields.string("jti")
        let digest = fields.optional(
            "sha256", { $0.string.flatMap { Hex.decode($0) }.flatMap { $0.count == 32 ? $0 : nil } }, "64 hex digits")
        let expires = fields.required("expires", time, "a time like 2026-01-31T12:00:00Z")
        if tokenID == nil, digest == nil { fields.fail("jti", "is required unless sha256 is given") }
        if tokenID != nil, digest != nil { fields.fail("jti", "must not be combined with sha256") }
        try fields.finish()
        switch (tokenID, digest, expires) {
        case (let tokenID?, _, let expires?): self = .tokenID(tokenID, expires: expires)
        case (_, let digest?, let expires?): self = .digest(digest, expires: expires)
        default: throw FieldErrors(fields.errors)
        }
    }
}
