import Identity
import Secrets
import TodoStore

/// The name of a user's file: the SHA-256 of the tenant, a zero byte and the user. A user id never becomes a path.
struct AccountHash: Hashable, Sendable {
    /// 64 lowercase hexadecimal digits.
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
