package import Identity
package import Time

/// An entry of a tenant's list of users.
package struct UserEntry: Sendable, Hashable {
    /// The name of the user's file, which is kept when the user is deleted.
    package let hash: String
    /// The user; nil for a deleted one, of whom only the hash is stored.
    package let user: UserID?
    package let createdAt: Timestamp
    /// The size of the file and its log in bytes; nil when there is no file.
    package let bytes: Int?
    /// The stamp of the data, which changes with it and equals that of a current snapshot.
    package let stamp: String?

    package init(hash: String, user: UserID?, createdAt: Timestamp, bytes: Int?, stamp: String?) {
        self.hash = hash
        self.user = user
        self.createdAt = createdAt
        self.bytes = bytes
        self.stamp = stamp
    }
}
