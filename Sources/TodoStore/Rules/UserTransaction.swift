package import Time

/// One transaction on a user's data, which is completely on disk when `UserDatabases.write` returns, or not at all.
package final class UserTransaction: UserReader {
    let limits: StoreLimits
    /// The journal entry that leads those of this transaction.
    var leader: Int?

    package init(_ rows: any UserRows, now: Timestamp, limits: StoreLimits) {
        self.limits = limits
        super.init(rows, now: now)
    }
}
