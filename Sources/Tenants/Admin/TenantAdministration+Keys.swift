import Files
package import Identity
internal import JSON
package import Secrets
package import Time
package import Tokens

extension TenantAdministration {
    /// A signing key of another issuer, to be shared with a tenant.
    package struct ImportedKey: Sendable {
        /// The id; nil when the issuer's tokens have none, so that a random id becomes the file's name.
        package var kid: KeyID?
        package var algorithm: SigningAlgorithm
        package var secret: Secret
        package var issuer: String?
        package var audience: String?
        package var userClaim: String?

        package init(
            kid: KeyID? = nil, algorithm: SigningAlgorithm, secret: Secret, issuer: String? = nil,
            audience: String? = nil, userClaim: String? = nil
        ) {
            self.kid = kid
            self.algorithm = algorithm
            self.secret = secret
            self.issuer = issuer
            self.audience = audience
            self.userClaim = userClaim
        }
    }

    /// Creates a signing key, which as the newest one signs from now on.
    package func createKey(
        _ tenant: TenantID, algorithm: SigningAlgorithm, now: UnixTime
    ) throws(Failure) -> SigningKey {
        try locking(tenant) { () throws(Failure) in
            let key = try newKey(tenant, algorithm: algorithm, now: now)
            try recording(.createKey, tenant, key.auditDetails, keyPath(key)) { () throws(FileError) in try write(key) }
            return key
        }
    }

    /// Stores a signing key of the tenant's own issuer.
    package func importKey(_ imported: ImportedKey, tenant: TenantID, now: UnixTime) throws(Failure) -> SigningKey {
        try locking(tenant) { () throws(Failure) in
            let counted = KeyFolder(paths: paths).read(tenant).0.count {
                $0.origin == .imported && $0.state != .revoked
            }
            guard counted < TokenLimits.importedKeys else { throw .tooManyImportedKeys(tenant) }
            let kid = if let kid = imported.kid { kid } else { try randomID() }
            guard FileStamp(paths.key(tenant, kid)) == nil else { throw .keyExists(kid) }
            let key: SigningKey
            do throws(WeakSecretError) {
                key = try SigningKey(
                    kid: kid, tenant: tenant, algorithm: imported.algorithm, secret: imported.secret, createdAt: now,
                    origin: .imported, issuer: imported.issuer, audience: imported.audience,
                    userClaim: imported.userClaim)
            } catch {
                throw .weakSecret(error)
            }
            var details = key.auditDetails
            details["issuer"] = key.issuer.map(JSONValue.string)
            details["audience"] = key.audience.map(JSONValue.string)
            try recording(.importKey, tenant, details, keyPath(key)) { () throws(FileError) in try write(key) }
            return key
        }
    }

    /// Creates a new signing key and lets the old ones verify for `grace`, so that existing tokens stay valid.
    package func rotateKeys(_ tenant: TenantID, grace: Duration, now: UnixTime) throws(Failure) -> SigningKey {
        try locking(tenant) { () throws(Failure) in
            let signers = KeyFolder(paths: paths).read(tenant).0.filter { $0.signs(at: now) }
            let newest = signers.max { $0.createdAt < $1.createdAt }
            let key = try newKey(tenant, algorithm: newest?.algorithm ?? .hs256, now: now)
            var details = key.auditDetails
            details["retired"] = .array(signers.map { .string($0.kid.rawValue) })
            details["grace"] = .string(grace.unitText)
            try recording(.rotateKeys, tenant, details, paths.keys(tenant)) { () throws(FileError) in
                // The new key is written first, so that there is always one that signs.
                try write(key)
                for var signer in signers {
                    signer.state = .verify
                    signer.notAfter = min(signer.notAfter ?? now + grace, now + grace)
                    try write(signer)
                }
            }
            return key
        }
    }

    /// Revokes a key permanently, and with it every token that it signed.
    package func revokeKey(_ kid: KeyID, tenant: TenantID) throws(Failure) {
        try locking(tenant) { () throws(Failure) in
            guard FileStamp(paths.key(tenant, kid)) != nil else { throw .noKey(kid, tenant) }
            var key: SigningKey
            do throws(TenantProblem) {
                key = try KeyFolder(paths: paths).key(tenant, name: "\(kid).json")
            } catch {
                throw .broken(error)
            }
            key.state = .revoked
            try recording(.revokeKey, tenant, key.auditDetails, keyPath(key)) { () throws(FileError) in
                try write(key)
            }
        }
    }

    /// Deletes the file of a key, valid or not.
    package func deleteKey(_ kid: KeyID, tenant: TenantID) throws(Failure) {
        try locking(tenant) { () throws(Failure) in
            let path = paths.key(tenant, kid)
            guard FileStamp(path) != nil else { throw .noKey(kid, tenant) }
            try recording(.deleteKey, tenant, ["kid": .string(kid.rawValue)], path) { () throws(FileError) in
                try writer.remove(path)
            }
        }
    }

    private func newKey(
        _ tenant: TenantID, algorithm: SigningAlgorithm, now: UnixTime
    ) throws(Failure) -> SigningKey {
        do {
            return try SigningKey(
                kid: try KeyID.random(), tenant: tenant, algorithm: algorithm,
                secret: Secret(try RandomBytes.generate(algorithm.hash.byteCount)), createdAt: now, origin: .own)
        } catch let error as SecretsError {
            throw .cryptography(error)
        } catch {
            throw .weakSecret(WeakSecretError(algorithm: algorithm))
        }
    }

    private func randomID() throws(Failure) -> KeyID {
        do {
            return try KeyID.random()
        } catch {
            throw .cryptography(error)
        }
    }

    private func keyPath(_ key: SigningKey) -> String { paths.key(key.tenant, key.kid) }

    private func write(_ key: SigningKey) throws(FileError) {
        let folder = paths.keys(key.tenant)
        if FileStamp(folder) == nil { try writer.makeFolder(folder, mode: 0o700) }
        try writer.replace(keyPath(key), with: KeyFile.encode(key).revealedBytes(), mode: 0o600)
    }
}

extension SigningKey {
    fileprivate var auditDetails: JSONObject {
        ["kid": .string(kid.rawValue), "alg": .string(algorithm.rawValue), "origin": .string(origin.rawValue)]
    }
}
