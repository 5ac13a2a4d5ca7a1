package import Identity
import Secrets

/// The name under which a backend keeps a user: the SHA-256 of the tenant, a zero byte and the user. A user id never becomes
/// a path.
package struct AccountHash: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(_ account: Account) throws(StoreError) {
        do throws(SecretsError) {
            bytes = try SHA256.digest(Array(account.tenant.rawValue.utf8) + [0] + Array(account.user.rawValue.utf8))
        } catch {
            throw .unavailable(reason: error.description)
        }
    }

    /// 64 lowercase hexadecimal digits.
    package var text: String { Hex.encode(bytes) }
}
