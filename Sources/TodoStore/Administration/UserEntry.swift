package import Identity
package import Time

/// One line of a tenant's list of users.
package struct UserEntry: Sendable, Hashable {
    /// The name of the user's file, which stays when the user is deleted.
    package let hash: String
    /// Nil for a user who was deleted: only the hash is remembered.
    package let user: UserID?
    package let createdAt: Timestamp
    /// Size of the file and its log; nil where there is none.
    package let bytes: Int?
    /// Differs when the data has changed: equal to the stamp of a snapshot as long as it has not.
    package let stamp: String?

    package init(hash: String, user: UserID?, createdAt: Timestamp, bytes: Int?, stamp: String?) {
        self.hash = hash
        self.user = user
        self.createdAt = createdAt
        self.bytes = bytes
        self.stamp = stamp
    }
}
