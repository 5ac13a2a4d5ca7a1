import Identity
import Secrets

/// The name of a user's file: SHA-256 of tenant, a zero byte and user. A user id itself never becomes a path.
struct AccountHash: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    let text: String

    init(_ account: Account) throws(StoreError) {
        do throws(SecretsError) {
            text = Hex.encode(
                try SHA256.digest(Array(account.tenant.rawValue.utf8) + [0] + Array(account.user.rawValue.utf8)))
        } catch {
            throw .unavailable(reason: error.description)
        }
    }
}
