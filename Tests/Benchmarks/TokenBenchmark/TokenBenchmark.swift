import COpenSSL
import Foundation
import Identity
import Secrets
import Time
import Tokens

/// The cost of verifying a token, compared with the bare HMAC over the same bytes.
@main
enum TokenBenchmark {
    private struct Failed: Error {}

    /// A key for every request, found in a dictionary, as those of a tenants folder are.
    private struct Keys: KeySource {
        var own: [KeyID: SigningKey] = [:]

        func key(_ kid: KeyID) -> SigningKey? { own[kid] }
        func importedKeys(of tenant: TenantID) -> [SigningKey] { [] }
        func revocations(of tenant: TenantID) -> Revocations { Revocations() }
        func maxTokenLife(of tenant: TenantID) -> Duration { .seconds(86_400) }
    }

    private static let rounds = 7
    private static let repetitions = 50_000

    static func main() throws {
        let now = UnixTime.now
        let small = try makeKeys(tenants: 1, each: 1, now: now)
        let large = try makeKeys(tenants: 1_000, each: 100, now: now)
        let (token, secret) = try makeToken(small, now: now)
        let (other, _) = try makeToken(large, now: now)
        let signed = Array(token.utf8)
        let few = TokenVerifier(keys: small)
        let many = TokenVerifier(keys: large)

        // In turns, so that other load affects all three; the minimum is the cost of the work itself.
        var bare = Double.infinity
        var verified = Double.infinity
        var amongMany = Double.infinity
        for _ in 0..<rounds {
            bare = min(bare, try bareMAC(over: signed, key: secret))
            verified = min(verified, try cost { _ = try few.verify(token, host: nil, now: now) })
            amongMany = min(amongMany, try cost { _ = try many.verify(other, host: nil, now: now) })
        }
        print("  bare EVP_MAC over \(signed.count) bytes       ", nanoseconds(bare))
        print(
            "  verify, 1 key                       ", nanoseconds(verified), ratio(verified / bare), "(goal: at most 3)"
        )
        print(
            "  verify, 100,000 keys, 1,000 tenants ", nanoseconds(amongMany), ratio(amongMany / verified),
            "of 1 key (goal: at most 1.1)")
    }

    private static func makeKeys(tenants: Int, each: Int, now: UnixTime) throws -> Keys {
        var keys = Keys()
        for number in 0..<tenants {
            guard let tenant = TenantID("tenant-\(number)") else { throw Failed() }
            for _ in 0..<each {
                let key = try SigningKey(
                    kid: try KeyID.random(), tenant: tenant, algorithm: .hs256,
                    secret: Secret(try RandomBytes.generate(32)), createdAt: now, origin: .own)
                keys.own[key.kid] = key
            }
        }
        return keys
    }

    private static func makeToken(_ keys: Keys, now: UnixTime) throws -> (token: String, secret: Secret) {
        guard let key = keys.own.values.first, let user = UserID("alice@acme.example.com") else { throw Failed() }
        let issued = try TokenIssuer.issue(
            user: user, key: key, lifetime: .seconds(3_600), scopes: .all, keys: keys, now: now)
        return (issued.token.revealed(), key.secret)
    }

    /// Computes a MAC as OpenSSL's manual page does, with a new context for each message.
    private static func bareMAC(over message: [UInt8], key: Secret) throws -> Double {
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        defer { EVP_MAC_free(algorithm) }
        let secret = key.revealedBytes()
        var digest = Array("SHA256".utf8CString)
        var code = [UInt8](repeating: 0, count: 32)
        return try digest.withUnsafeMutableBufferPointer { digest in
            let parameters = [
                OSSL_PARAM_construct_utf8_string("digest", digest.baseAddress, 0), OSSL_PARAM_construct_end(),
            ]
            return try cost {
                let context = EVP_MAC_CTX_new(algorithm)
                defer { EVP_MAC_CTX_free(context) }
                var length = 0
                guard EVP_MAC_init(context, secret, secret.count, parameters) == 1,
                    EVP_MAC_update(context, message, message.count) == 1,
                    EVP_MAC_final(context, &code, &length, code.count) == 1
                else { throw Failed() }
            }
        }
    }

    /// Returns the nanoseconds of CPU time per call.
    private static func cost(_ work: () throws -> Void) rethrows -> Double {
        let start = clock()
        for _ in 0..<repetitions { try work() }
        return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(repetitions) * 1e9
    }

    private static func nanoseconds(_ value: Double) -> String { String(format: "%6.0f ns", value) }
    private static func ratio(_ value: Double) -> String { String(format: "%6.2f", value) }
}
