package import Identity
internal import JSON
package import Tokens

extension TenantAdministration {
    /// Lines that no longer matter are dropped when they are many and the most.
    private static let compactionThreshold = 1_000

    /// Writes a revocation down: a running server obeys it at its next look, and every later one too.
    package func revoke(_ revocation: Revocation, tenant: TenantID, now: UnixTime) throws(Failure) {
        try locking(tenant) { () throws(Failure) in
            let path = paths.revocations(tenant)
            try recording(.revokeToken, tenant, revocation.json.object ?? [:], path) { () throws(FileError) in
                try writer.append(RevocationFile.encode(revocation), to: path, mode: 0o600)
                try compact(path, now: now)
            }
        }
    }

    /// Writes down that a token is given out: the token itself is in no log.
    package func recordToken(_ issued: TokenIssuer.IssuedToken, user: UserID, key: SigningKey) throws(Failure) {
        let details: JSONObject = [
            "user": .string(user.rawValue), "jti": .string(issued.tokenID), "kid": .string(key.kid.rawValue),
            "expires": .string(issued.expiresAt.description),
        ]
        try record(.issueToken, key.tenant, details)
    }

    private func compact(_ path: String, now: UnixTime) throws(FileError) {
        let bytes = try FileContents(path, limit: RevocationFile.sizeLimit, followLinks: false).bytes
        let lines = bytes.count { $0 == UInt8(ascii: "\n") }
        guard lines >= Self.compactionThreshold else { return }
        let (revocations, problems) = RevocationFile.decode(bytes, now: now)
        // A line that cannot be read may have been one that counts.
        guard problems.isEmpty, revocations.count < lines / 2 else { return }
        try writer.replace(path, with: revocations.flatMap { RevocationFile.encode($0) }, mode: 0o600)
    }
}
