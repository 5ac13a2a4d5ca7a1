package import Identity
package import Secrets

/// A key that signs or verifies one tenant's tokens with one algorithm.
package struct SigningKey: Sendable, Equatable {
    /// What a key may still do.
    package enum State: String, Sendable, CaseIterable {
        /// Signs and verifies.
        case active
        /// Verifies what it has signed, and signs nothing new.
        case verify
        /// Does nothing, for ever.
        case revoked
    }

    /// Whose key it is.
    package enum Origin: String, Sendable, CaseIterable {
        /// Made here; its id is unique in the server.
        case own
        /// Shared with an issuer of the tenant's; counts only where nginx has named the tenant.
        case imported
    }

    package let kid: KeyID
    package let tenant: TenantID
    package let algorithm: SigningAlgorithm
    package let secret: Secret
    package var state: State
    package let createdAt: UnixTime
    /// From then on the key verifies nothing.
    package var notAfter: UnixTime?
    package let origin: Origin
    /// The `iss` that tokens must have; nil for any.
    package let issuer: String?
    /// The `aud` that tokens of an imported key must have; nil for any. Own tokens are for their tenant.
    package let audience: String?
    /// The claim that holds the user; nil for `sub`.
    package let userClaim: String?

    /// Refuses a secret that is shorter than the algorithm's hash (RFC 7518, section 3.2).
    package init(
        kid: KeyID, tenant: TenantID, algorithm: SigningAlgorithm, secret: Secret, state: State = .active,
        createdAt: UnixTime, notAfter: UnixTime? = nil, origin: Origin, issuer: String? = nil, audience: String? = nil,
        userClaim: String? = nil
    ) throws(WeakSecretError) {
        guard secret.count >= algorithm.hash.byteCount else { throw WeakSecretError(algorithm: algorithm) }
        self.kid = kid
        self.tenant = tenant
        self.algorithm = algorithm
        self.secret = secret
        self.state = state
        self.createdAt = createdAt
        self.notAfter = notAfter
        self.origin = origin
        self.issuer = issuer
        self.audience = audience
        self.userClaim = userClaim
    }

    /// Whether it may sign a token now.
    package func signs(at now: UnixTime) -> Bool { origin == .own && state == .active && !hasEnded(at: now) }

    /// Whether `notAfter` has come.
    package func hasEnded(at now: UnixTime) -> Bool { notAfter.map { now >= $0 } ?? false }
}

/// A secret that is too short for its algorithm.
package struct WeakSecretError: Error, Hashable, CustomStringConvertible {
    package let algorithm: SigningAlgorithm

    package init(algorithm: SigningAlgorithm) { self.algorithm = algorithm }

    package var description: String {
        "a key for \(algorithm.rawValue) needs at least \(algorithm.hash.byteCount) bytes"
    }
}
