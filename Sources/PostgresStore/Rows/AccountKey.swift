import Identity
import Postgres
import TodoStore

/// The name of an account in the database: the first 128 bits of its hash.
struct AccountKey: Hashable, Sendable {
    let uuid: UUIDBytes
    /// The whole hash.
    let hash: [UInt8]
    var text: String { uuid.description }

    init(_ account: Account) throws(StoreError) {
        let hash = try AccountHash(account).bytes
        guard let uuid = UUIDBytes(hash.prefix(16)) else { throw .unavailable(reason: "the account has no hash") }
        self.uuid = uuid
        self.hash = hash
    }

    /// Nil for a hash of another length.
    init?(hash: [UInt8]) {
        guard hash.count == 32, let uuid = UUIDBytes(hash.prefix(16)) else { return nil }
        self.uuid = uuid
        self.hash = hash
    }

    /// A key of which only the database knows the hash.
    init(uuid: UUIDBytes) {
        self.uuid = uuid
        hash = []
    }

    /// The name of no account, of which no row is.
    static let none = AccountKey(uuid: UUIDBytes(high: 0, low: 0))
}
