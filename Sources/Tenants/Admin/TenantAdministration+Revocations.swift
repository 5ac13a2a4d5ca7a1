import Files
package import Identity
internal import JSON
package import Time
package import Tokens

extension TenantAdministration {
    /// The number of lines from which expired ones are removed, if they are more than half.
    private static let compactionThreshold = 1_000

    /// Records a revocation. A running server applies it when it next checks the folder.
    package func revoke(_ revocation: Revocation, tenant: TenantID, now: UnixTime) throws(Failure) {
        try locking(tenant) { () throws(Failure) in
            let path = paths.revocations(tenant)
            try recording(.revokeToken, tenant, revocation.json.object ?? [:], path) { () throws(FileError) in
                try writer.append(RevocationFile.encode(revocation), to: path, mode: 0o600)
                try compact(path, now: now)
            }
        }
    }

    /// Records the issue of a token in the audit log, without the token itself.
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
        // A line that cannot be read may be a revocation that is still needed.
        guard problems.isEmpty, revocations.count < lines / 2 else { return }
        try writer.replace(path, with: revocations.flatMap { RevocationFile.encode($0) }, mode: 0o600)
    }
}
