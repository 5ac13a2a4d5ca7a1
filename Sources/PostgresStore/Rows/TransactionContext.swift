import Identity
import Postgres
import Time

/// The surroundings of one transaction: whose it is, at which node, and by when it ends.
struct TransactionContext {
    let key: AccountKey
    let tenant: TenantID?
    let node: UUIDBytes
    /// The time of the transaction.
    var now: Timestamp
    /// Tells this write from others, where its outcome is unknown.
    var writeID: UUIDBytes
    /// The end of the time that one request may take.
    let deadline: ContinuousClock.Instant

    /// The time until which the server's next answer is waited for.
    var answerDeadline: ContinuousClock.Instant { .now + Self.answerTime }

    /// A second more than the server's own limit on a statement.
    private static let answerTime = Duration.seconds(6)
}
