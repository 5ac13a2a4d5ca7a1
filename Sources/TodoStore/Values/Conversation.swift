/// A thread of turns between a user and the assistant.
package struct Conversation: Sendable, Hashable {
    package let id: Int
    package let title: String
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}
