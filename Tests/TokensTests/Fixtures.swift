import Identity
import JSON
import Secrets
import Testing
import Time
import Tokens

/// Keys and revocations in memory.
struct Keys: KeySource {
    var own: [SigningKey] = []
    var imported: [SigningKey] = []
    var revoked = Revocations()
    var maxLife = Duration.seconds(86_400)

    func key(_ kid: KeyID) -> SigningKey? { own.first { $0.kid == kid } }
    func importedKeys(of tenant: TenantID) -> [SigningKey] { imported.filter { $0.tenant == tenant } }
    func revocations(of tenant: TenantID) -> Revocations { revoked }
    func maxTokenLife(of tenant: TenantID) -> Duration { maxLife }
}

/// Tenants, keys, a fixed time, and tokens built by hand; each test describes the defect of its token.
enum Fixture {
    static let now = UnixTime(1_800_000_000)
    static let acme = tenant("acme")
    static let globex = tenant("globex")

    static func tenant(_ id: String) -> TenantID {
        guard let id = TenantID(id) else { preconditionFailure("no tenant id") }
        return id
    }

    static func kid(_ id: String) -> KeyID {
        guard let id = KeyID(id) else { preconditionFailure("no key id") }
        return id
    }

    static func secret(_ byte: UInt8, _ count: Int = 64) -> Secret { Secret(Array(repeating: byte, count: count)) }

    static func key(
        _ id: String = "k1", tenant: TenantID = acme, algorithm: SigningAlgorithm = .hs256, secret: Secret = secret(1),
        state: SigningKey.State = .active, notAfter: UnixTime? = nil, origin: SigningKey.Origin = .own,
        issuer: String? = nil, audience: String? = nil, userClaim: String? = nil
    ) throws -> SigningKey {
        try SigningKey(
            kid: kid(id), tenant: tenant, algorithm: algorithm, secret: secret, state: state, createdAt: now,
            notAfter: notAfter, origin: origin, issuer: issuer, audience: audience, userClaim: userClaim)
    }

    static let goodHeader = #"{"alg":"HS256","typ":"JWT","kid":"k1"}"#
    static let goodClaims =
        #"{"sub":"alice","aud":"acme","iat":1800000000,"exp":1800003600,"jti":"t1"}"#

    /// Returns a token with exactly these texts, signed with `key`.
    static func token(
        header: String = goodHeader, claims: String = goodClaims, key: Secret = secret(1),
        hash: HashAlgorithm = .sha256
    ) throws -> String {
        try sign(
            Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8)), key: key, hash: hash)
    }

    static func sign(_ text: String, key: Secret = secret(1), hash: HashAlgorithm = .sha256) throws -> String {
        text + "." + Base64URL.encode(try HMAC.code(for: Array(text.utf8), key: key, algorithm: hash))
    }

    static func verdict(
        _ token: String, keys: Keys, host: TenantID? = nil, now: UnixTime = now
    ) -> Result<VerifiedToken, TokenError> {
        Result { () throws(TokenError) in try TokenVerifier(keys: keys).verify(token, host: host, now: now) }
    }
}
