package import Identity
package import JSON
package import Secrets
import Time

/// The format of `keys/<kid>.json`: one signing key of a tenant.
package enum KeyFile {
    /// The maximum size of a key file, in bytes.
    package static let sizeLimit = 16 * 1024

    /// Decodes a key. Its `kid` and `tenant` must match the file and the folder, so that copying a folder copies no
    /// key.
    package static func decode(_ bytes: [UInt8], kid: KeyID, tenant: TenantID) throws(FieldErrors) -> SigningKey {
        var fields = FieldReader(try object(bytes))
        let name = fields.required("kid", \.string, "a string")
        if let name, name != kid.rawValue { fields.fail("kid", "must be the file's name without .json") }
        let folder = fields.required("tenant", \.string, "a string")
        if let folder, folder != tenant.rawValue { fields.fail("tenant", "must be the folder's name, \(tenant)") }
        let algorithm = fields.requiredChoice("alg", SigningAlgorithm.self)
        let secret = fields.required(
            "secret", { $0.string.flatMap { Base64URL.decode($0) }.map { Secret($0) } }, "base64url without padding")
        let state = fields.requiredChoice("state", SigningKey.State.self)
        let createdAt = fields.required("created_at", time, "a time like 2026-01-31T12:00:00Z")
        let notAfter = fields.optional("not_after", time, "a time like 2026-01-31T12:00:00Z")
        let origin = fields.requiredChoice("origin", SigningKey.Origin.self)
        let issuer = fields.string("issuer")
        let audience = fields.string("audience")
        let userClaim = fields.string("user_claim")
        try fields.finish()
        guard let algorithm, let secret, let state, let createdAt, let origin else { throw FieldErrors(fields.errors) }
        do {
            return try SigningKey(
                kid: kid, tenant: tenant, algorithm: algorithm, secret: secret, state: state, createdAt: createdAt,
                notAfter: notAfter, origin: origin, issuer: issuer, audience: audience, userClaim: userClaim)
        } catch {
            throw FieldErrors([FieldError("secret", error.description)])
        }
    }

    /// Encodes a key, including its secret.
    package static func encode(_ key: SigningKey) -> Secret {
        var object: JSONObject = [
            "kid": .string(key.kid.rawValue), "tenant": .string(key.tenant.rawValue),
            "alg": .string(key.algorithm.rawValue), "secret": .string(Base64URL.encode(key.secret.revealedBytes())),
            "state": .string(key.state.rawValue), "created_at": .string(key.createdAt.description),
        ]
        object["not_after"] = key.notAfter.map { .string($0.description) }
        object["origin"] = .string(key.origin.rawValue)
        object["issuer"] = key.issuer.map(JSONValue.string)
        object["audience"] = key.audience.map(JSONValue.string)
        object["user_claim"] = key.userClaim.map(JSONValue.string)
        return Secret(utf8: JSONValue.object(object).text + "\n")
    }

    private static func object(_ bytes: [UInt8]) throws(FieldErrors) -> JSONObject {
        let document: JSONValue
        do {
            document = try JSONParser.parse(bytes: bytes, limits: JSONLimits(size: sizeLimit, depth: 2, values: 64))
        } catch {
            throw FieldErrors([FieldError("file", "is not JSON: \(error)")])
        }
        guard let object = document.object else { throw FieldErrors([FieldError("file", "must be a JSON object")]) }
        return object
    }

    private static func time(_ value: JSONValue) -> UnixTime? { value.string.flatMap { UnixTime(rfc3339: $0) } }
}

extension FieldReader {
    /// Reads a member like `choice`, but reports an absent one as an error.
    fileprivate mutating func requiredChoice<T: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: T.Type
    ) -> T? {
        if !contains(name) { fail(name, "is required") }
        return choice(name, type)
    }
}
