package import Time

/// The rules for reading one user's data. It is passed to a closure, and must not be used after it.
package class UserReader {
    package let rows: any UserRows
    /// The time of the transaction.
    package let now: Timestamp

    package init(_ rows: any UserRows, now: Timestamp) {
        self.rows = rows
        self.now = now
    }
}
