package import Time

/// One transaction on what a user has stored: all of it is on disk when `UserDatabases.write` returns, or none of it.
package final class UserTransaction: UserReader {
    let limits: StoreLimits
    /// The journal entry that leads those of this transaction.
    var leader: Int?

    package init(_ rows: any UserRows, now: Timestamp, limits: StoreLimits) {
        self.limits = limits
        super.init(rows, now: now)
    }
}
