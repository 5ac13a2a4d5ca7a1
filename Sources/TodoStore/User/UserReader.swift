package import Time

/// The rules for reading what one user has stored. It is lent to a closure, and must not be used after it.
package class UserReader {
    package let rows: any UserRows
    /// The time of the transaction.
    package let now: Timestamp

    package init(_ rows: any UserRows, now: Timestamp) {
        self.rows = rows
        self.now = now
    }
}
