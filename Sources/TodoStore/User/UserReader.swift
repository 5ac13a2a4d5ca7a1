import GRDB

/// What can be read of one user's database. It is lent to a closure and means nothing after it.
package class UserReader {
    let database: Database
    /// One moment for all that a closure does.
    package let now: Timestamp

    init(_ database: Database, now: Timestamp) {
        self.database = database
        self.now = now
    }
}
