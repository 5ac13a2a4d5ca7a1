import Foundation
import Identity
import Secrets
import Time
import Tokens

/// Invariants of the token verifier for any input.
///
/// The first byte of an input gives the kind of the rest: a whole token, or header and claims, separated by a line
/// feed, which are signed with the valid key, so that the code after the signature check is reached.
package enum TokenFuzz {
    private struct Keys: KeySource {
        let own: SigningKey
        let imported: SigningKey

        func key(_ kid: KeyID) -> SigningKey? { kid == own.kid ? own : nil }
        func importedKeys(of tenant: TenantID) -> [SigningKey] { tenant == imported.tenant ? [imported] : [] }
        func revocations(of tenant: TenantID) -> Revocations { Revocations() }
        func maxTokenLife(of tenant: TenantID) -> Duration { .seconds(86_400) }
    }

    private static let now = UnixTime(1_800_000_000)
    private static let secret = Secret([UInt8](repeating: 1, count: 64))
    private static let keys: Keys? = {
        guard let acme = TenantID("acme"), let globex = TenantID("globex"), let own = KeyID("k1"),
            let imported = KeyID("i1"),
            let ownKey = try? SigningKey(
                kid: own, tenant: acme, algorithm: .hs256, secret: secret, createdAt: now, origin: .own),
            let importedKey = try? SigningKey(
                kid: imported, tenant: globex, algorithm: .hs256, secret: secret, createdAt: now, origin: .imported)
        else { return nil }
        return Keys(own: ownKey, imported: importedKey)
    }()

    /// - Returns: The violations found.
    package static func check(_ input: [UInt8]) -> [String] {
        guard let mode = input.first else { return [] }
        guard let keys else { return ["no keys"] }
        let rest = input.dropFirst()
        let host: TenantID? = mode & 2 == 0 ? nil : mode & 4 == 0 ? keys.own.tenant : keys.imported.tenant
        guard let token = mode & 1 == 0 ? String(decoding: rest, as: UTF8.self) : self.sign(rest) else { return [] }
        let verified: VerifiedToken
        do throws(TokenError) {
            verified = try TokenVerifier(keys: keys).verify(token, host: host, now: self.now)
        } catch {
            return error == .cryptography ? ["OpenSSL failed"] : []
        }
        return self.check(verified, token: token, host: host)
    }

    /// Checks that an accepted token has a valid signature, and that its JSON contains what the verifier returned.
    private static func check(_ verified: VerifiedToken, token: String, host: TenantID?) -> [String] {
        var findings: [String] = []
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, self.sign(text: "\(parts[0]).\(parts[1])") == token else { return ["a bad signature"] }
        if let host, host != verified.account.tenant { findings.append("a token of another tenant") }
        if verified.expiresAt <= self.now { findings.append("an expired token") }
        guard let header = self.object(parts[0]), let claims = self.object(parts[1]) else {
            return findings + ["no JSON objects"]
        }
        if header["alg"] as? String != "HS256" { findings.append("the algorithm \(header["alg"] ?? "-")") }
        if claims["exp"] as? Int != verified.expiresAt.seconds { findings.append("another expiry") }
        if claims["sub"] as? String != verified.account.user.rawValue { findings.append("another user") }
        return findings
    }

    private static func sign(_ input: ArraySlice<UInt8>) -> String? {
        let lines = input.split(separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return nil }
        return self.sign(text: Base64URL.encode(Array(lines[0])) + "." + Base64URL.encode(Array(lines[1])))
    }

    private static func sign(text: String) -> String? {
        let code = try? HMAC.code(for: Array(text.utf8), key: self.secret, algorithm: .sha256)
        return code.map { text + "." + Base64URL.encode($0) }
    }

    private static func object(_ part: Substring) -> [String: Any]? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        return try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    }
}
