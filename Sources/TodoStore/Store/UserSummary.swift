package import Time

/// The amounts of what one user has stored.
package struct UserSummary: Sendable, Hashable {
    package let createdAt: Timestamp
    package let tasks: Int
    package let conversations: Int
    package let messages: Int
    package let changes: Int
    /// The size of the file and its log, in bytes.
    package let bytes: Int
    /// The version of the file's schema.
    package let schema: Int

    package init(
        createdAt: Timestamp, tasks: Int, conversations: Int, messages: Int, changes: Int, bytes: Int, schema: Int
    ) {
        self.createdAt = createdAt
        self.tasks = tasks
        self.conversations = conversations
        self.messages = messages
        self.changes = changes
        self.bytes = bytes
        self.schema = schema
    }
}
