package import Identity
package import Secrets
package import Time

/// A key that signs or verifies the tokens of one tenant with one algorithm.
package struct SigningKey: Sendable, Equatable {
    /// The permitted uses of a key.
    package enum State: String, Sendable, CaseIterable {
        /// Signs and verifies tokens.
        case active
        /// Verifies existing tokens, but signs no new ones.
        case verify
        /// Permanently revoked.
        case revoked
    }

    /// The origin of a key.
    package enum Origin: String, Sendable, CaseIterable {
        /// Created by this server; the id is unique in the server.
        case own
        /// Shared with an issuer of the tenant; used only where nginx names the tenant.
        case imported
    }

    package let kid: KeyID
    package let tenant: TenantID
    package let algorithm: SigningAlgorithm
    package let secret: Secret
    package var state: State
    package let createdAt: UnixTime
    /// The time from which the key verifies nothing.
    package var notAfter: UnixTime?
    package let origin: Origin
    /// The required `iss` of tokens; nil for any.
    package let issuer: String?
    /// The required `aud` of an imported key's tokens; nil for any. Own tokens must name their tenant.
    package let audience: String?
    /// The claim that contains the user id; nil for `sub`.
    package let userClaim: String?

    /// Creates a key. Throws when the secret is shorter than the algorithm's hash (RFC 7518, section 3.2).
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

    /// Returns whether the key may sign tokens at this time.
    package func signs(at now: UnixTime) -> Bool { origin == .own && state == .active && !hasEnded(at: now) }

    /// Returns whether `notAfter` has been reached.
    package func hasEnded(at now: UnixTime) -> Bool { notAfter.map { now >= $0 } ?? false }
}

/// The error for a secret that is too short for its algorithm.
package struct WeakSecretError: Error, Hashable, CustomStringConvertible {
    package let algorithm: SigningAlgorithm

    package init(algorithm: SigningAlgorithm) { self.algorithm = algorithm }

    package var description: String {
        "a key for \(algorithm.rawValue) needs at least \(algorithm.hash.byteCount) bytes"
    }
}
