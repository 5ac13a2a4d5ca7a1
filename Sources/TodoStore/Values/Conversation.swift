package import Time

/// A thread of turns between a user and the assistant.
package struct Conversation: Sendable, Hashable {
    package let id: Int
    package let title: String
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package init(
        id: Int, title: String, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.title = title
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
